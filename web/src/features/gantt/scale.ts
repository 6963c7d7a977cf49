/** From moments to pixels and back. Pure; moments in milliseconds, `k` in pixels a millisecond. */
import type { GanttRow } from './types'

const hour = 3_600_000

/** Free room at both ends, so that labels there are not cut. */
export const margin = 28

export interface Scale { start: number; end: number; k: number }

export const perHour = (k: number): number => k * hour
export const ofHour = (pixels: number): number => pixels / hour

/** Nearer than this no clock can be read off it. */
const nearest = ofHour(2_400)

export const x = ({ start, k }: Scale, at: number): number => margin + (at - start) * k
export const momentAt = ({ start, k }: Scale, pixel: number): number => start + (pixel - margin) / k

export const widthOf = ({ start, end, k }: Scale): number => 2 * margin + (end - start) * k

/** All of it in so much room. */
export const fitting = (start: number, end: number, room: number): number => Math.max(1, room - 2 * margin) / Math.max(1, end - start)

/** Kept between all of it and the nearest. */
export const bounded = (k: number, fit: number): number => Math.min(Math.max(k, fit), Math.max(nearest, fit))

/** Where to scroll so that `at` stands `from` pixels from the left edge; never before the beginning. */
export const scrollFor = (scale: Scale, at: number, from: number): number => Math.max(0, x(scale, at) - from)

/** Ticks at least this far from each other have room for 00:00. */
const tickRoom = 58
export const tickGap = (k: number): number => tickRoom / k

/** Days at least this far from each other have room for Wed 28 Jan. */
const dayRoom = 78
export const dayGap = (k: number): number => dayRoom / k

/** A bar's left and width; what takes no time, or hardly any, is still to be seen. */
export function barOf(scale: Scale, from: number, to: number, least = 3): { x: number; width: number } {
  const left = x(scale, from)
  return { x: left, width: Math.max(least, x(scale, to) - left) }
}

/** From when to when a row's main bar reaches: what was, then what is forecast, then what is planned. */
export function reach({ actual, forecast, planned }: Pick<GanttRow, 'actual' | 'forecast' | 'planned'>): readonly [number, number] | null {
  const start = actual?.[0] ?? forecast?.[0] ?? planned?.[0]
  const end = forecast?.[1] ?? actual?.[1] ?? planned?.[1]
  return start === undefined || end === undefined ? null : [start, Math.max(start, end)]
}
