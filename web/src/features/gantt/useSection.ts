import { type RefObject, useEffect, useState } from 'react'

/** Which part of the paper is looked at, by half screens: what stands far beside it need not be drawn. */
export function useSection(scroller: RefObject<HTMLElement | null>, room: number): { from: number; to: number } {
  const [section, setSection] = useState(0)
  const half = Math.max(200, room / 2)
  useEffect(() => {
    const node = scroller.current
    if (!node) return
    const look = () => setSection(Math.floor(node.scrollLeft / half))
    look()
    // Before the rows are drawn anew: read after it, the place would have to be laid out twice.
    const how = { passive: true, capture: true }
    node.addEventListener('scroll', look, how)
    return () => node.removeEventListener('scroll', look, how)
  }, [scroller, half])
  return { from: (section - 1) * half, to: (section + 4) * half }
}
