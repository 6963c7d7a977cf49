import { type PointerEvent, useRef } from 'react'
import { endMoved, moved, type Row, startMoved, type Times } from './model'

export type Grip = 'all' | 'start' | 'end'

/** Where a bar is with a grip moved by so much: snapped to whole five minutes. */
export function timesAt(row: Row, grip: Grip, by: number, first: number): Times | null {
  if (grip === 'all') return moved(row, by, first, true)
  return grip === 'start' ? startMoved(row, by, first, true) : endMoved(row, by, true)
}

interface Props {
  row: Row
  /** Milliseconds a pixel. */
  perPixel: number
  first: number
  onChange: (times: Times | null) => void
}

/** Moves a bar with the pointer, or one of its ends. It begins from where the bar was when it was grasped. */
export function useDrag({ row, perPixel, first, onChange }: Props) {
  const grasped = useRef<{ x: number; row: Row; grip: Grip } | null>(null)
  const down = (grip: Grip) => (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    grasped.current = { x: event.clientX, row, grip }
  }
  const move = (event: PointerEvent<SVGElement>) => {
    const from = grasped.current
    if (from === null) return
    const by = (event.clientX - from.x) * perPixel
    if (by !== 0) onChange(timesAt(from.row, from.grip, by, first))
  }
  const up = () => {
    grasped.current = null
  }
  return (grip: Grip) => ({ onPointerDown: down(grip), onPointerMove: move, onPointerUp: up, onPointerCancel: up })
}
