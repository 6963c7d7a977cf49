/** Spans in which nobody works, as they are drawn and told. Pure; moments in milliseconds. */
import { span as length } from './time'

export interface Blackout { start: number; end: number; reason: string }

export const blackoutsOf = (said: readonly { start: string; end: string; reason: string }[]): Blackout[] =>
  said.map(({ start, end, reason }) => ({ start: Date.parse(start), end: Date.parse(end), reason }))

/** Blackout, or Blackout: quarter close */
export const blackoutName = ({ reason }: Blackout): string => (reason === '' ? 'Blackout' : `Blackout: ${reason}`)

/** Why something takes longer than its work: nobody works for so long of it. Null where no blackout meets it. */
export function pauseWords(blackouts: readonly Blackout[], start: number, end: number): string | null {
  const met = blackouts.filter((one) => one.start < end && one.end > start)
  const all = met.reduce((sum, one) => sum + Math.min(end, one.end) - Math.max(start, one.start), 0)
  if (all === 0) return null
  const reasons = [...new Set(met.map(({ reason }) => reason).filter((reason) => reason !== ''))].join(', ')
  return `Nobody works for ${length(all / 1000)} of it: ${met.length === 1 ? 'a blackout' : `${String(met.length)} blackouts`}${reasons === '' ? '' : ` (${reasons})`}`
}

export interface Placed { x: number; width: number }

/** As wide as a letter of a name, and its sign with the rim. */
const letter = 6.2
const rim = 22

/** Where the name of a span stands, by what is said of it: in it where there is room, else beside it up to the next one. */
export function nameRooms<T extends Placed>(spans: readonly T[], said: (one: T) => string, width: number): { one: T; beside: boolean; room: number }[] {
  return spans.map((one, i) => {
    const after = (spans[i + 1]?.x ?? width) - one.x - one.width - 6
    const beside = one.width < said(one).length * letter + rim && after > one.width
    return { one, beside, room: beside ? after : one.width }
  })
}
