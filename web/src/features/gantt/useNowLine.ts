import { type RefObject, useEffect } from 'react'
import { useNow } from '../../ui/useNow'
import { type Scale, x } from './scale'

/** Moves the now-line, and the ends of what is running, each second: by a variable of the style, without drawing a row anew. */
export function useNowLine(paper: RefObject<HTMLElement | null>, scale: Scale, shown: boolean): void {
  const now = useNow()
  useEffect(() => {
    const inside = shown && now >= scale.start && now <= scale.end
    paper.current?.style.setProperty('--now', inside ? `${String(Math.round(x(scale, now) * 10) / 10)}px` : '-9999px')
  }, [paper, now, scale, shown])
}
