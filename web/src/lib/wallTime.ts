/** From a time of day, as people say it, to a moment. Pure: now is an argument. */

const clockParts = /^([01]?\d|2[0-3])[:.h]?([0-5]\d)$/
const dayMillis = 86_400_000

const offsets = new Map<string, Intl.DateTimeFormat>()

/** How far a zone's wall clock is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(at: number, zone: string): number {
  const known = offsets.get(zone) ?? new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  })
  offsets.set(zone, known)
  const parts = Object.fromEntries(known.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second)
  return wall - Math.floor(at / 1000) * 1000
}

const quarter = 15 * 60_000
const known = new Map<string, Map<number, number>>()

/** The same, remembered by quarter hour: clocks are set on nothing finer, and thousands of rows ask. */
export function offsetIn(at: number, zone: string): number {
  const found = known.get(zone) ?? new Map<number, number>()
  known.set(zone, found)
  const bucket = Math.floor(at / quarter)
  const offset = found.get(bucket) ?? offsetAt(bucket * quarter, zone)
  if (found.size > 20_000) found.clear()
  found.set(bucket, offset)
  return offset
}

/** Nobody sets clocks by more. */
const farthest = 3 * 3_600_000

/** Whether the zone's clocks show this time of day twice that night, so that it says nothing without the zone's name. */
export function comesTwice(at: number, zone: string): boolean {
  const wall = at + offsetIn(at, zone)
  return [at - farthest, at + farthest].some((near) => {
    const other = wall - offsetIn(near, zone)
    return other !== at && other + offsetIn(other, zone) === wall
  })
}

/** The moments at which the zone's clocks show that time of the day that `day` is in: two in the night it is set back. */
function momentsOn(day: number, hour: number, minute: number, zone: string): number[] {
  const local = new Date(day + offsetAt(day, zone))
  const wall = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), hour, minute)
  const tried = [wall - offsetAt(wall - dayMillis / 2, zone), wall - offsetAt(wall + dayMillis / 2, zone)]
  return [...new Set(tried)].filter((at) => at + offsetAt(at, zone) === wall)
}

/** 02:10 as the last moment not after now, or the next one after it; null when it is no time of day. */
export function momentOf(text: string, now: number, zone: string, direction: 'past' | 'future'): number | null {
  const match = clockParts.exec(text.trim())
  if (!match) return null
  const days = direction === 'past' ? [now - dayMillis, now] : [now, now + dayMillis]
  const moments = days.flatMap((day) => momentsOn(day, Number(match[1]), Number(match[2]), zone))
  const fitting = moments.filter((at) => (direction === 'past' ? at <= now : at > now)).sort((a, b) => a - b)
  return (direction === 'past' ? fitting.at(-1) : fitting[0]) ?? null
}
