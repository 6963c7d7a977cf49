import { clock, day, dayClock, range } from '../../lib/time'

/** From when to when, with the weekday; `long`: with the date, as far as it is another. */
export function told({ start, end }: { start: number; end: number }, zone: string, long: boolean): string {
  if (!long) return range(start, end, zone, true)
  return `${dayClock(start, zone)}–${day(start, zone) === day(end, zone) ? clock(end, zone) : dayClock(end, zone)}`
}
