/** Wall times of a zone and the moments they mean, right across a night on which the clocks change. */

export interface WallTime {
  /** 2026-11-20 */
  date: string
  /** 18:00 */
  time: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone)
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
    })
    formats.set(zone, known)
  }
  return known
}

/** What the clocks of `zone` show at a moment (milliseconds). */
export function wallTimeOf(at: number, zone: string): WallTime {
  const parts = new Map(formatOf(zone).formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? ''
  return { date: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` }
}

const asIfUtc = ({ date, time }: WallTime): number => Date.parse(`${date}T${time}:00Z`)

export type Moment =
  | { at: number; twice: boolean }
  /** `unreadable`: no date or time; `year`: not one of this time, such as 0002 while it is typed; `skipped`: the clocks jump over it. */
  | { at: null; why: 'unreadable' | 'year' | 'skipped' }

const day = 86_400_000

/** The years that the server takes: nobody's cutover is in another, and a typing error often is. */
export const years = { first: 2000, last: 2199 } as const

/** The moment a wall time means. Where it comes twice, the first is meant; where it never comes, there is none. */
export function momentOf(wall: WallTime, zone: string): Moment {
  const time = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(wall.time.trim())
  const year = /^(\d{4,6})-\d{2}-\d{2}$/.exec(wall.date)?.[1]
  if (year === undefined) return { at: null, why: 'unreadable' }
  if (Number(year) < years.first || Number(year) > years.last) return { at: null, why: 'year' }
  if (!time) return { at: null, why: 'unreadable' }
  const asked: WallTime = { date: wall.date, time: `${(time[1] ?? '').padStart(2, '0')}:${time[2] ?? ''}` }
  const utc = asIfUtc(asked)
  // The 30th of February would be read as the 2nd of March.
  if (Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(wall.date)) return { at: null, why: 'unreadable' }
  const meant = new Set(
    [utc - day, utc + day].map((near) => utc - (asIfUtc(wallTimeOf(near, zone)) - near)).filter((at) => same(wallTimeOf(at, zone), asked)),
  )
  return meant.size === 0 ? { at: null, why: 'skipped' } : { at: Math.min(...meant), twice: meant.size > 1 }
}

const same = (a: WallTime, b: WallTime): boolean => a.date === b.date && a.time === b.time
