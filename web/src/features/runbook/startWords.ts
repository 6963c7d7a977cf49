/** What the start dialog says of times. Pure: now is an argument, in milliseconds. */
import type { Iteration } from '../../api/types'
import { dayClock, millis, span, zoneName } from '../../lib/time'

const minute = 60
const day = 86_400

/** The server's `lateBySeconds`, in whole minutes: seconds say nothing here. */
const whole = (seconds: number): string => span(Math.max(minute, Math.floor(Math.abs(seconds) / minute) * minute))

/** Worth asking whether the times move; worth saying first; so far off that moving them is what is meant. */
export const isOff = (lateBy: number): boolean => Math.abs(lateBy) >= minute
export const isFarOff = (lateBy: number): boolean => Math.abs(lateBy) > 15 * minute
export const movesByDefault = (lateBy: number): boolean => Math.abs(lateBy) > 60 * minute

type Times = Pick<Iteration, 'plannedStart' | 'plannedEnd' | 'windowEnd'>

const at = (moment: number, zone: string): string => `${dayClock(moment, zone)} ${zoneName(zone, moment)}`

/** This plan begins Fri 27 Nov 18:00 CET, in 6 d 22 h. */
export function beginsWords({ plannedStart }: Times, lateBy: number, zone: string): string {
  const start = millis(plannedStart) ?? 0
  return lateBy < 0 ? `This plan begins ${at(start, zone)}, in ${whole(lateBy)}` : `This plan began ${at(start, zone)}, ${whole(lateBy)} ago`
}

/** What starting now does to the plan's times, by the choice made. */
export function effectOnTimes(times: Times, lateBy: number, moved: boolean, zone: string): string {
  if (!moved) return `Started now with these times, its steps count as ${whole(lateBy)} ${lateBy < 0 ? 'early' : 'late'} from the first.`
  const end = (millis(times.plannedEnd) ?? 0) + lateBy * 1000
  return `Started now with the times moved, it is planned to end ${at(end, zone)}. ${windowWords(times, end, zone)}`.trim()
}

/** The window does not move with the plan: what that comes to, where it is worth a word. */
function windowWords({ windowEnd }: Times, end: number, zone: string): string {
  const window = millis(windowEnd)
  if (window === null) return ''
  const room = (window - end) / 1000
  if (room < 0) return `That is ${whole(room)} after its window, which stays: ${at(window, zone)}.`
  return room > day ? `Its window stays, and ends ${whole(room)} later: ${at(window, zone)}.` : ''
}
