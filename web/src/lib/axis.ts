/**
 * The ticks of a time axis in a zone, right also in the nights in which its clocks are set: such a night has 23, 25 or,
 * on Lord Howe Island, 24½ hours, and the axis as many ticks. Pure; moments in milliseconds.
 */
import { offsetAt } from './wallTime'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Distances between ticks, nearest first: 5 minutes to 4 weeks. Each divides the next clock unit evenly. */
export const tickSteps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 40_320].map((minutes) => minutes * minute)

/** The smallest distance that is at least `wanted` long. */
export const stepFor = (wanted: number): number => tickSteps.find((step) => step >= wanted) ?? 40_320 * minute

/** Where the clocks are set within (from, to]: the first moment of the new time. Null where they are not. */
function changeWithin(from: number, to: number, zone: string): number | null {
  const before = offsetAt(from, zone)
  if (offsetAt(to, zone) === before) return null
  let [low, high] = [from, to]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (middle <= low) break
    if (offsetAt(middle, zone) === before) low = middle
    else high = middle
  }
  // Clocks are set on whole minutes.
  return Math.round(high / minute) * minute
}

/** Whole weeks begin on Mondays: the first of January 1970 was a Thursday. */
const phase = (step: number): number => (step % (7 * day) === 0 ? 4 * day : 0)

/** The first moment not before `at` at which the wall clock, `offset` ahead of UTC, shows a multiple of `step`. */
function aligned(at: number, step: number, offset: number): number {
  const wall = at + offset - phase(step)
  return Math.ceil(wall / step) * step + phase(step) - offset
}

/** The next tick after one, stepping over a change of the clocks. */
function after(at: number, step: number, zone: string): number {
  const before = offsetAt(at, zone)
  const next = aligned(at + 1, step, before)
  const change = changeWithin(at, next, zone)
  if (change === null) return next
  const then = offsetAt(change, zone)
  const wallLast = at + before
  // A day that begins with its clocks set forward has no midnight: it begins at the change.
  if (step >= day && change + then > next + before && change <= next) return change
  const found = aligned(change, step, then)
  // Where midnight comes twice the day began with the first.
  return step >= day && found + then <= wallLast ? aligned(found + 1, step, then) : found
}

/** The moments within [from, to] at which the zone's clocks show multiples of `step`. */
export function ticksOf(from: number, to: number, step: number, zone: string): number[] {
  const found: number[] = []
  // From a day before: what is aligned there leads over any change of the clocks between.
  let at = aligned(from - Math.max(day, step), step, offsetAt(from - Math.max(day, step), zone))
  while (at <= to && found.length < 10_000) {
    if (at >= from) found.push(at)
    at = after(at, step, zone)
  }
  return found
}

/** When the zone's clocks are set within [from, to], and by how much: +60 in spring, −60 in autumn, in minutes. */
export function clockChanges(from: number, to: number, zone: string): { at: number; minutes: number }[] {
  const found: { at: number; minutes: number }[] = []
  for (let at = from; at < to; at += day) {
    const change = changeWithin(at, Math.min(to, at + day), zone)
    if (change !== null) found.push({ at: change, minutes: (offsetAt(change, zone) - offsetAt(at, zone)) / minute })
  }
  return found
}
