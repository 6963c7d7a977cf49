import { type RefObject, useEffect, useState } from 'react'
import classes from './runsheet.module.css'

interface Note {
  text: string
  x: number
  y: number
}

/** The one note for all rows: on hover it says what a step waits for. One listener instead of one for each row. */
export function HoverNote({ within }: { within: RefObject<HTMLElement | null> }) {
  const [note, setNote] = useState<Note | null>(null)
  useEffect(() => {
    const area = within.current
    if (!area) return
    const over = (event: MouseEvent) => {
      const row = event.target instanceof Element ? event.target.closest('[role="row"]') : null
      const text = row?.getAttribute('aria-description')
      const onState = event.target instanceof Element && event.target.closest('[role="gridcell"]')?.matches('[data-why], :has([data-state]), :has([data-why])')
      if (!row || !text || !onState) { setNote(null); return; }
      const box = (event.target).closest('[role="gridcell"]')?.getBoundingClientRect() ?? row.getBoundingClientRect()
      const below = box.bottom + 90 < window.innerHeight
      setNote({ text, x: Math.min(box.left, window.innerWidth - 390), y: below ? box.bottom + 4 : box.top - 12 - 18 * text.split('\n').length })
    }
    const out = () => setNote(null)
    area.addEventListener('mouseover', over)
    area.addEventListener('mouseleave', out)
    area.addEventListener('scroll', out, { passive: true })
    return () => {
      area.removeEventListener('mouseover', over)
      area.removeEventListener('mouseleave', out)
      area.removeEventListener('scroll', out)
    }
  }, [within])
  if (!note) return null
  return <div role="tooltip" className={classes.hover} style={{ left: note.x, top: note.y }}>{note.text}</div>
}
