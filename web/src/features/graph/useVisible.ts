import { useMemo } from 'react'
import type { Size, View } from '../../ui/network/usePanZoom'
import { type Drawn, type Rect, within } from './layout'

/** The part of the paper that is looked at, on a coarse grid and with a rim: small moves draw nothing anew. */
export function partOf({ x, y, k }: View, { width, height }: Size): Rect {
  const grid = Math.max(64, 256 / k)
  const [left, top] = [Math.floor(-x / k / grid - 1) * grid, Math.floor(-y / k / grid - 1) * grid]
  return { x: left, y: top, width: Math.ceil(width / k / grid + 3) * grid, height: Math.ceil(height / k / grid + 3) * grid }
}

export function useVisible(drawn: Drawn, view: View, room: Size): Drawn {
  const part = partOf(view, room)
  return useMemo(() => within(drawn, { x: part.x, y: part.y, width: part.width, height: part.height }), [drawn, part.x, part.y, part.width, part.height])
}
