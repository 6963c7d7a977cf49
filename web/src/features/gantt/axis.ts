/** What stands on the Gantt's axis. Pure. */
import { clockChanges, stepFor, ticksOf } from '../../lib/axis'
import { clock, day, zoneName } from '../../lib/time'
import { type Flag, flagsIn, type PlacedFlag } from './flags'
import { dayGap, momentAt, type Scale, tickGap, widthOf, x } from './scale'
import type { Mark } from './types'

const wholeDay = 86_400_000

export interface Label { at: number; x: number; text: string }
export interface AxisMarks {
  ticks: Label[]
  days: Label[]
  /** Where the zone's clocks are set. */
  changes: Label[]
}

/** CET → CEST, clocks +1 h */
function changeText(at: number, minutes: number, zone: string): string {
  const by = Math.abs(minutes) % 60 === 0 ? `${String(Math.abs(minutes) / 60)} h` : `${String(Math.abs(minutes))} min`
  const [before, then] = [zoneName(zone, at - 1), zoneName(zone, at)]
  return `${before === then ? '' : `${before} → ${then}, `}clocks ${minutes > 0 ? '+' : '−'}${by}`
}

/** The marks between two places of the paper, in pixels. The day that is under way at the left edge is named there too. */
export function marksOf(scale: Scale, zone: string, from: number, to: number): AxisMarks {
  const start = Math.max(scale.start, momentAt(scale, from))
  const end = Math.min(scale.end, momentAt(scale, to))
  const step = stepFor(tickGap(scale.k))
  const label = (text: (at: number) => string) => (at: number): Label => ({ at, x: x(scale, at), text: text(at) })
  // Farther apart than hours: `Wed 28 Jan` is never cut.
  const days = ticksOf(start, end, Math.max(wholeDay, stepFor(dayGap(scale.k))), zone)
  return {
    ticks: step >= wholeDay ? [] : ticksOf(start, end, step, zone).map(label((at) => clock(at, zone))),
    days: [...(days[0] !== undefined && (days[0] - start) * scale.k < 90 ? [] : [start]), ...days].map(label((at) => day(at, zone))),
    changes: clockChanges(start, end, zone).map(({ at, minutes }) => ({ at, x: x(scale, at), text: changeText(at, minutes, zone) })),
  }
}

export type MarkLine = Mark & { x: number }

/** The lines of the moments that lie on the axis. */
export const linesOf = (marks: readonly Mark[], scale: Scale): MarkLine[] =>
  marks.filter(({ at }) => at >= scale.start && at <= scale.end).map((mark) => ({ ...mark, x: x(scale, mark.at) }))

/** The names of the moments and of changes of the clocks; short ones on a narrow paper. */
export function namesOf(lines: readonly MarkLine[], scale: Scale, zone: string, room: number): { placed: PlacedFlag[]; lanes: number } {
  const narrow = room < 400
  return flagsIn([
    ...lines.map(({ kind, at, x: place, label, short }): Flag => ({ key: kind + String(at), kind, x: place, text: narrow ? short : `${label} ${clock(at, zone)}` })),
    ...clockChanges(scale.start, scale.end, zone).map(({ at, minutes }): Flag => ({ key: `change${String(at)}`, kind: 'change', x: x(scale, at), text: changeText(at, minutes, zone) })),
  ], Math.max(room, widthOf(scale)))
}
