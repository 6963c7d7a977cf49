import { type RefObject, useEffect, useState } from 'react'
import classes from './gantt.module.css'

interface Props {
  scroller: RefObject<HTMLElement | null>
  /** The row at a height of the screen; undefined beside all rows. */
  rowAt: (event: MouseEvent) => number | undefined
  linesOf: (index: number) => readonly string[]
  /** Over the heads nothing is said: they say it themselves. */
  heads: number
}

interface Shown { index: number; left: number; top: number }

/** The exact times of the row under the pointer. One listener for all rows. */
export function Tip({ scroller, rowAt, linesOf, heads }: Props) {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    const node = scroller.current
    if (!node) return
    const over = (event: PointerEvent) => {
      const index = event.pointerType === 'touch' || event.clientX - node.getBoundingClientRect().left < heads ? undefined : rowAt(event)
      if (index === undefined) { setShown(null); return }
      const left = Math.min(event.clientX + 14, window.innerWidth - 400)
      const low = event.clientY > window.innerHeight - 260
      setShown((before) => (before?.index === index && Math.abs(before.left - left) < 24 ? before : { index, left, top: low ? -event.clientY + 12 : event.clientY + 16 }))
    }
    const out = () => setShown(null)
    node.addEventListener('pointermove', over)
    node.addEventListener('pointerleave', out)
    node.addEventListener('scroll', out, { passive: true })
    return () => {
      node.removeEventListener('pointermove', over)
      node.removeEventListener('pointerleave', out)
      node.removeEventListener('scroll', out)
    }
  }, [scroller, rowAt, heads])
  if (!shown) return null
  const [title, ...lines] = linesOf(shown.index)
  const place = shown.top < 0 ? { bottom: window.innerHeight + shown.top } : { top: shown.top }
  return (
    <div role="tooltip" className={`${classes.tip} num`} style={{ left: shown.left, ...place }} data-testid="gantt-tip">
      <b>{title}</b>
      {lines.map((line) => <span key={line}>{line}</span>)}
    </div>
  )
}
