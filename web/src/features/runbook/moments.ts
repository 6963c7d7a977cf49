import type { ForecastStep } from '../../api/forecast'
import type { StepRow } from '../../api/types'
import { clock, clockSeconds, millis, range, span, weekClock, zoneName } from '../../lib/time'
import { comesTwice } from '../../lib/wallTime'

/** A row's times in milliseconds. */
export interface Moments {
  plannedStart: number | null
  plannedEnd: number | null
  startedAt: number | null
  endedAt: number | null
}

const known = new WeakMap<StepRow, Moments>()

/** A row's times, read once: rows keep their identity until an event changes them, and are looked at by thousands. */
export function momentsOf(row: StepRow): Moments {
  let found = known.get(row)
  if (!found) {
    found = {
      plannedStart: millis(row.plannedStart), plannedEnd: millis(row.plannedEnd), startedAt: millis(row.startedAt), endedAt: millis(row.endedAt),
    }
    known.set(row, found)
  }
  return found
}

export interface Coming {
  start: number | null
  end: number | null
}

const coming = new WeakMap<ForecastStep, Coming>()

/** A step's forecast times, read once for the same reason. */
export function comingOf(step: ForecastStep): Coming {
  const found = coming.get(step) ?? { start: millis(step.start), end: millis(step.end) }
  coming.set(step, found)
  return found
}

/** Steps shorter than this are told in seconds: in minutes they would begin when they end. */
const fineSeconds = 120

/** How long a step of seconds took, as short as a row has room for: 90 s, 5 min. */
const brief = (seconds: number): string => (seconds < 120 ? `${String(Math.round(seconds))} s` : span(Math.round(seconds / 60) * 60))

/**
 * From when to when, as a row has room for it: 02:10–02:40. A step of seconds says its start to the second and how
 * long it takes: 02:10:05 · 40 s. `days`: with the weekday.
 */
export function rowRange(start: number | null, end: number | null, durationSeconds: number, zone: string, days: boolean): string {
  const fine = durationSeconds > 0 && durationSeconds < fineSeconds
  if (!fine || start === null) return range(start, end, zone, days)
  const from = `${days ? weekClock(start, zone) : clock(start, zone)}${clockSeconds(start, zone).slice(-3)}${comesTwice(start, zone) ? ` ${zoneName(zone, start)}` : ''}`
  return end === null ? `${from}–` : `${from} · ${brief((end - start) / 1000)}`
}
