import type { IterationSchedule } from '../../api/schedule'
import { clock, date, day, dayClock, named, range, span as length } from '../../lib/time'
import { chaptersOf, spanOf, type Times } from './model'

/** From when to when, with the weekday; `long`: with the date, as far as it is another. */
export function told({ start, end }: { start: number; end: number }, zone: string, long: boolean): string {
  if (!long) return range(start, end, zone, true)
  const [from, to] = [dayClock(start, zone) + named(start, zone, end), clock(end, zone) + named(end, zone, start)]
  if (date(start, zone) === date(end, zone)) return `${from}–${to}`
  // The year that both are in is said once.
  const year = (at: number) => date(at, zone).slice(day(at, zone).length)
  return `${from}–${year(start) === year(end) ? day(end, zone) : date(end, zone)} ${to}`
}

/** Of a chapter's times: what of them is typed. */
export const timesWords = ({ start, end }: Times, zone: string): string =>
  start === null ? 'derived from its steps' : end === null ? `from ${dayClock(start, zone)}` : told({ start, end }, zone, true)

/** What fitting it into its window has done, or that it had nothing to do. */
export function fittedWords(before: IterationSchedule, after: IterationSchedule, zone: string): string {
  if (before.version === after.version) return 'It fits already: nothing was moved.'
  const [was, now] = [spanOf(before.planned), spanOf(after.planned)]
  if (was === null || now === null) return 'Fitted into the window.'
  const ends = `it ends ${dayClock(now.end, zone)}`
  const shorter = was.end - was.start - (now.end - now.start)
  const typed = chaptersOf(after.macroPhases).filter((one) => one.typed).length
  const room = shorter >= 60_000 && typed > 0 ? ` ${length(shorter / 1000)} of typed room taken away;` : ''
  return was.start === now.start ? `Fitted into the window:${room || ' typed times moved;'} ${ends}.` : `Fitted into the window: it starts ${dayClock(now.start, zone)} instead of ${dayClock(was.start, zone)};${room} ${ends}.`
}

const mostMinutes = 527_040

/** The whole minutes that somebody typed, with either minus; null of anything else, of none, and of more than a year. */
export function minutesIn(text: string): number | null {
  const match = /^([+-]?)(\d{1,6})$/.exec(text.trim().replace(/[−–]/, '-'))
  const minutes = match === null ? 0 : Number(`${match[1] ?? ''}${match[2] ?? ''}`)
  return minutes === 0 || Math.abs(minutes) > mostMinutes ? null : minutes
}
