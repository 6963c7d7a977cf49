import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

export interface View { x: number; y: number; k: number }
export interface Size { width: number; height: number }

const least = 0.08
const most = 2.5
const bounded = (k: number, floor: number): number => Math.min(most, Math.max(floor, k))

/** Smaller than this its words cannot be read. */
const readable = 0.72

/** How small all of it is: nothing is too small to be seen whole. */
const wholeOf = (paper: Size, room: Size): number => Math.min(room.width / paper.width, room.height / paper.height, 1.1)

/** Where the paper begins, so that `at` stands in the middle and no room is given away beside the paper. */
const placed = (paper: number, room: number, at: number): number => (paper <= room ? (room - paper) / 2 : Math.min(0, Math.max(room - paper, room / 2 - at)))

/**
 * All of it, in the middle; `nearest`: where all of it would be smaller than that, from its beginning, or around a point
 * of the paper.
 */
export function fitted(paper: Size, room: Size, nearest = 0, around: { x: number; y: number } | null = null): View {
  const k = Math.min(most, Math.max(wholeOf(paper, room), nearest))
  const { x, y } = around ?? { x: 0, y: 0 }
  return { k, x: placed(paper.width * k, room.width, x * k), y: placed(paper.height * k, room.height, y * k) }
}

/** The same view nearer or farther, with the point (x, y) of the room staying where it is. */
export const zoomed = (view: View, by: number, x: number, y: number, floor = least): View => {
  const k = bounded(view.k * by, floor)
  return { k, x: x - ((x - view.x) * k) / view.k, y: y - ((y - view.y) * k) / view.k }
}

/** Moving and zooming a drawing by mouse, touch and wheel; it opens around a point of the paper, or at its beginning. */
export function usePanZoom(paper: Size, room: Size, around: { x: number; y: number } | null = null) {
  const [view, setView] = useState<View | null>(null)
  const shown = view ?? (room.width > 0 ? fitted(paper, room, readable, around) : { x: 0, y: 0, k: 1 })
  const now = useRef(shown)
  const floor = useRef(least)
  useEffect(() => {
    now.current = shown
    floor.current = room.width > 0 ? Math.min(least, wholeOf(paper, room)) : least
  })
  const fingers = useRef(new Map<number, { x: number; y: number }>())
  const moved = useRef(0)

  const wheel = useCallback((event: WheelEvent) => {
    event.preventDefault()
    const box = event.currentTarget instanceof Element ? event.currentTarget.getBoundingClientRect() : null
    if (!box) return
    const { x, y, k } = now.current
    if (event.ctrlKey || event.metaKey) setView(zoomed(now.current, Math.exp(-event.deltaY / 240), event.clientX - box.left, event.clientY - box.top, floor.current))
    else setView({ k, x: x - (event.shiftKey ? event.deltaY : event.deltaX), y: y - (event.shiftKey ? 0 : event.deltaY) })
  }, [])
  /** For the node that takes the wheel: React's own listeners may not keep the page from scrolling. */
  const attach = useCallback((node: Element | null) => {
    if (!node) return
    const listener = (event: Event) => wheel(event as WheelEvent)
    node.addEventListener('wheel', listener, { passive: false })
    return () => node.removeEventListener('wheel', listener)
  }, [wheel])

  const onPointerDown = (event: React.PointerEvent) => {
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    moved.current = 0
  }
  const onPointerMove = (event: React.PointerEvent) => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    const here = { x: event.clientX, y: event.clientY }
    const [other] = [...fingers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at)
    const box = event.currentTarget.getBoundingClientRect()
    moved.current += Math.abs(here.x - before.x) + Math.abs(here.y - before.y)
    if (moved.current > 4 && !event.currentTarget.hasPointerCapture(event.pointerId)) event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, here)
    if (other) {
      const by = Math.hypot(here.x - other.x, here.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
      setView(zoomed(now.current, by, (here.x + other.x) / 2 - box.left, (here.y + other.y) / 2 - box.top, floor.current))
    } else setView({ ...now.current, x: now.current.x + here.x - before.x, y: now.current.y + here.y - before.y })
  }
  const onPointerUp = (event: React.PointerEvent) => {
    fingers.current.delete(event.pointerId)
  }
  const zoom = (by: number) => setView(zoomed(now.current, by, room.width / 2, room.height / 2, floor.current))
  const reveal = (x: number, y: number, width: number, height: number) => {
    const { x: ox, y: oy, k } = now.current
    const [left, top] = [x * k + ox, y * k + oy]
    const dx = left < 16 ? 16 - left : Math.min(0, room.width - 16 - (left + width * k))
    const dy = top < 16 ? 16 - top : Math.min(0, room.height - 16 - (top + height * k))
    if (dx !== 0 || dy !== 0) setView({ k, x: ox + dx, y: oy + dy })
  }
  const size = useRef(room)
  useEffect(() => {
    size.current = room
  })
  /** The same functions all along, for those that keep them. */
  const moves = useMemo(() => ({
    /** Brings a point of the paper to the middle of the room; at least so near that words can be read. */
    centre: (x: number, y: number, nearest = 0) => {
      const k = Math.max(now.current.k, nearest)
      setView({ k, x: size.current.width / 2 - x * k, y: size.current.height / 2 - y * k })
    },
    /** Moves the paper by so many pixels of the room: what one looks at stays where it is while the rest makes room. */
    shift: (dx: number, dy: number) => setView({ ...now.current, x: now.current.x + dx, y: now.current.y + dy }),
    view: () => now.current,
  }), [])
  return {
    view: shown, attach, zoom, reveal, fit: () => setView(fitted(paper, room)), moves,
    /** A press that moved the paper opens nothing. */
    wasDrag: () => moved.current > 4,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  }
}
