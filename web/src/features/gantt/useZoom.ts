import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { bounded, fitting, momentAt, ofHour, perHour, type Scale, scrollFor, x } from './scale'

interface Use {
  range: { start: number; end: number }
  /** How wide the paper is that one sees, in pixels. */
  room: number
  /** Pixels an hour, as the address says; 0 = all of it, undefined = all of it unless that is too small to be read. */
  zoom: number | undefined
  onZoom: (zoom: number) => void
  scrollerRef: RefObject<HTMLElement | null>
  /** How wide the heads of the rows are: they lie over the paper. */
  heads: number
  /** What one looks at, if it is in sight: it stays in its place. */
  focus: () => number | null
}

/** Smaller than this, in pixels an hour, a night's bars are dots. */
const readable = ofHour(24)

export interface Zoom {
  scale: Scale
  /** Nearer (> 1) or farther, with what stands at `from` pixels from the paper's left edge staying there. */
  by: (factor: number, from?: number) => void
  fit: () => void
  /** Brings a moment to a place of the paper: by default to its middle. */
  goTo: (at: number, share?: number) => void
  /** Scrolls sideways only if nothing of the stretch is in sight. */
  reveal: (from: number, to: number) => void
  fitted: boolean
}

/** Time enough to turn a wheel: the address is written when it stands still. */
const settleMs = 400

/** Where what one looks at stands on the paper; its middle, if that is not in sight. */
function placeOf(at: number | null, scale: Scale, node: HTMLElement, heads: number): number {
  const room = node.clientWidth - heads
  const place = at === null ? -1 : x(scale, at) - node.scrollLeft
  return place >= 0 && place <= room ? place : room / 2
}

/** How near the Gantt is looked at, and keeping in place what is looked at while that changes. */
export function useZoom({ range, room, zoom, onZoom, scrollerRef, heads, focus }: Use): Zoom {
  const { start, end } = range
  const [near, setNear] = useState<number | null>(zoom === undefined ? null : ofHour(zoom))
  const fit = fitting(start, end, room)
  const k = near === null ? Math.max(fit, readable) : bounded(near, fit)
  const scale = useMemo<Scale>(() => ({ start, end, k }), [start, end, k])
  const anchor = useRef<{ at: number; from: number } | null>(null)
  const latest = useRef({ scale, fit, onZoom, focus })
  useEffect(() => {
    latest.current = { scale, fit, onZoom, focus }
  })

  useLayoutEffect(() => {
    if (!anchor.current || !scrollerRef.current) return
    scrollerRef.current.scrollTo({ left: scrollFor(scale, anchor.current.at, anchor.current.from) })
    anchor.current = null
  }, [scale, scrollerRef])
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    const timer = window.setTimeout(() => latest.current.onZoom(near === null || near <= latest.current.fit ? 0 : Math.round(perHour(near) * 100) / 100), settleMs)
    return () => window.clearTimeout(timer)
  }, [near])

  const by = useCallback((factor: number, from?: number) => {
    const { scale: now, fit: least } = latest.current
    const node = scrollerRef.current
    if (!node) return
    const place = from ?? placeOf(latest.current.focus(), now, node, heads)
    anchor.current = { at: momentAt(now, node.scrollLeft + place), from: place }
    setNear(bounded(now.k * factor, least))
  }, [scrollerRef, heads])
  const goTo = useCallback((at: number, share = 0.5) => {
    const node = scrollerRef.current
    node?.scrollTo({ left: scrollFor(latest.current.scale, at, (node.clientWidth - heads) * share) })
  }, [scrollerRef, heads])
  const reveal = useCallback((from: number, to: number) => {
    const node = scrollerRef.current
    if (!node) return
    const [left, right] = [x(latest.current.scale, from), x(latest.current.scale, to)]
    if (right < node.scrollLeft + 8 || left > node.scrollLeft + node.clientWidth - heads - 24) node.scrollTo({ left: scrollFor(latest.current.scale, from, 80) })
  }, [scrollerRef, heads])

  useEffect(() => {
    const node = scrollerRef.current
    if (!node) return
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      by(Math.exp(-event.deltaY / 300), Math.max(0, event.clientX - node.getBoundingClientRect().left - heads))
    }
    node.addEventListener('wheel', wheel, { passive: false })
    return () => node.removeEventListener('wheel', wheel)
  }, [scrollerRef, by, heads])

  return { scale, by, goTo, reveal, fit: useCallback(() => setNear(0), []), fitted: k <= fit }
}
