/** Where the lines between rows run. Pure; pixels. */
import type { GanttLink } from './types'

/** The place of one end: the row's middle, and where its bar begins and ends. */
export interface End { from: number; to: number; y: number }

const stub = 7
const head = 4

const num = (n: number): string => String(Math.round(n * 10) / 10)

/** Which ends a link ties: its kind says it. */
export function ends(kind: GanttLink['kind'], before: End, after: End): { x1: number; x2: number; out: 1 | -1; into: 1 | -1 } {
  const leaves = kind === 'FS' || kind === 'FF'
  const arrives = kind === 'FS' || kind === 'SS'
  return { x1: leaves ? before.to : before.from, x2: arrives ? after.from : after.to, out: leaves ? 1 : -1, into: arrives ? 1 : -1 }
}

/** A link that goes on in time, from an end to a start: along, then straight down into the bar. */
const goesDown = (kind: GanttLink['kind'], before: End, after: End): boolean => kind === 'FS' && after.from >= before.to - 4 && after.y !== before.y

/** Where such a link meets the bar from above or below. */
const barHalf = 6
const down = (before: End, after: End) => ({ x: after.from + 3, y: after.y + (after.y > before.y ? -barHalf : barHalf), way: after.y > before.y ? 1 : -1 })

/** Out of one bar, down or up, into the other; where there is no room between them, round by the gap between the rows. */
export function linkPath(kind: GanttLink['kind'], before: End, after: End, rowHeight: number): string {
  if (goesDown(kind, before, after)) {
    const { x, y, way } = down(before, after)
    return `M${num(before.to)} ${num(before.y)}H${num(x)}V${num(y - way * head)}`
  }
  const { x1, x2, out, into } = ends(kind, before, after)
  const [a, b] = [x1 + out * stub, x2 - into * stub]
  const tip = x2 - into * head
  if (out !== into || (b - a) * out >= 0) {
    const across = out === into ? b : out === 1 ? Math.max(a, b) : Math.min(a, b)
    return `M${num(x1)} ${num(before.y)}H${num(across)}V${num(after.y)}H${num(tip)}`
  }
  const between = after.y + (after.y > before.y ? -rowHeight / 2 : rowHeight / 2)
  return `M${num(x1)} ${num(before.y)}H${num(a)}V${num(between)}H${num(b)}V${num(after.y)}H${num(tip)}`
}

/** The head of its arrow, as a triangle of its own: one path may hold many. */
export function arrowPath(kind: GanttLink['kind'], before: End, after: End): string {
  if (goesDown(kind, before, after)) {
    const { x, y, way } = down(before, after)
    return `M${num(x)} ${num(y)}L${num(x - 3)} ${num(y - way * (head + 1))}H${num(x + 3)}Z`
  }
  const { x2, into } = ends(kind, before, after)
  const back = x2 - into * (head + 1.5)
  return `M${num(x2)} ${num(after.y)}L${num(back)} ${num(after.y - 3.5)}V${num(after.y + 3.5)}Z`
}
