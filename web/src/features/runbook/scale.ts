import type { Iteration } from '../../api/types'
import { millis } from '../../lib/time'

/** The stretch of time that bars are drawn against, in milliseconds. */
export interface Scale {
  start: number
  end: number
}

/** Whether a clock alone would not say which day is meant. */
export const overDays = (scale: Scale): boolean => scale.end - scale.start > 20 * 3_600_000

const quarter = 15 * 60_000

/** From the first start to the last end that matters; grows by quarter hours once the night runs over, or is forecast to. */
export function scaleOf(iteration: Iteration, now: number, forecastEnd: number | null = null): Scale {
  const begins = [millis(iteration.plannedStart), millis(iteration.startedAt)].filter((at) => at !== null)
  const start = begins.length > 0 ? Math.min(...begins) : now
  const plannedEnd = millis(iteration.plannedEnd)
  const window = millis(iteration.windowEnd)
  // A window that ends long after the plan would squeeze the whole night into a corner.
  const near = window !== null && (plannedEnd === null || window - start <= 2 * (plannedEnd - start))
  const ends = [plannedEnd, forecastEnd === null ? null : Math.ceil(forecastEnd / quarter) * quarter, near ? window : null, millis(iteration.endedAt)].filter((at) => at !== null)
  const running = iteration.startedAt !== null && iteration.endedAt === null
  const end = Math.max(start + quarter, ...ends, running ? Math.ceil(now / quarter) * quarter : 0)
  return { start, end }
}

/** Where a moment lies, in percent, kept on the scale. */
export function place(scale: Scale, at: number): number {
  const share = (100 * (at - scale.start)) / (scale.end - scale.start)
  return Math.min(100, Math.max(0, Math.round(share * 100) / 100))
}

/** A bar from one moment to another: left and width in percent; null when a moment is missing. */
export function bar(scale: Scale, from: number | null, to: number | null): { left: number; width: number } | null {
  if (from === null || to === null) return null
  const left = place(scale, from)
  return { left, width: Math.max(0, Math.round((place(scale, to) - left) * 100) / 100) }
}

const steps = [1, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 5760, 10080, 20160].map((minutes) => minutes * 60_000)

/** Round moments to print along the scale, about `count` of them. */
export function ticks(scale: Scale, count: number): number[] {
  const wanted = (scale.end - scale.start) / count
  const step = steps.find((candidate) => candidate >= wanted) ?? 20160 * 60_000
  const found: number[] = []
  for (let at = Math.ceil(scale.start / step) * step; at <= scale.end; at += step) found.push(at)
  return found
}
