/** What the bar of the window shows: one axis true to scale, and what stands on it. Pure; moments in milliseconds. */
import type { ForecastDocument } from '../../api/forecast'
import type { Iteration } from '../../api/types'
import { millis, span } from '../../lib/time'
import { place, type Scale } from './scale'

export type MarkKind = 'start' | 'planned' | 'forecast' | 'p50' | 'p80' | 'p95' | 'now' | 'finished' | 'window'

export interface WindowMark {
  kind: MarkKind
  /** planned finish */
  name: string
  at: number
  /** Where it lies on the axis, in percent. */
  left: number
  /** How far past the window's end it lies; null where that is no matter. */
  past: string | null
}

export interface WindowStretch { kind: 'planned' | 'reserve' | 'past' | 'beyond'; left: number; width: number }

export interface WindowPicture { scale: Scale; marks: WindowMark[]; stretches: WindowStretch[] }

const least = 15 * 60_000

interface Found { kind: MarkKind; name: string; at: number | null }

function ends({ iteration, forecast, now, brief = false }: Asked): Found[] {
  const ended = millis(iteration.endedAt)
  if (ended !== null) return [{ kind: 'finished', name: iteration.state === 'backed_out' ? 'backed out' : 'finished', at: ended }]
  const back = iteration.state === 'backing_out'
  const known = forecast?.problem === null && forecast.basis !== 'over' ? forecast : null
  const draws = brief ? null : known?.uncertainty
  return [
    // Who turns back is not on the way to the planned finish any more.
    { kind: 'planned', name: 'planned finish', at: back ? null : millis(iteration.plannedEnd) },
    // Made before the turn, it would still be the end of the way forward.
    { kind: 'forecast', name: back ? 'way back ends' : 'forecast finish', at: back === (known?.finish?.wayBack ?? false) ? millis(known?.finish?.forecast) : null },
    { kind: 'p50', name: 'P50', at: millis(draws?.p50) },
    { kind: 'p80', name: 'P80', at: millis(draws?.p80) },
    { kind: 'p95', name: 'P95', at: millis(draws?.p95) },
    { kind: 'now', name: 'now', at: iteration.startedAt === null ? null : now },
  ]
}

/** Ends that are no matter of concern past the window: each of the draws is a chance, which is said elsewhere. */
const only: ReadonlySet<MarkKind> = new Set(['start', 'window', 'p50', 'p80', 'p95'])

interface Asked {
  iteration: Iteration
  forecast: ForecastDocument | null | undefined
  now: number
  /** Without P50 to P95: where there is little room. */
  brief?: boolean
}

/** The axis from the first start to the last end of all, none left out, so that lengths are true; null before a start is planned. */
export function windowPicture(asked: Asked): WindowPicture | null {
  const { iteration, now } = asked
  const [plannedStart, startedAt, window] = [millis(iteration.plannedStart), millis(iteration.startedAt), millis(iteration.windowEnd)]
  if (plannedStart === null) return null
  const found: Found[] = [{ kind: 'start', name: startedAt === null ? 'planned start' : 'start', at: startedAt ?? plannedStart }, ...ends(asked), { kind: 'window', name: 'window ends', at: window }]
  const moments = found.flatMap(({ at }) => (at === null ? [] : [at]))
  const start = Math.min(plannedStart, ...moments)
  const scale = { start, end: Math.max(start + least, ...moments) }
  const stretch = (kind: WindowStretch['kind'], from: number | null, to: number | null): WindowStretch[] =>
    from === null || to === null || to <= from ? [] : [{ kind, left: place(scale, from), width: place(scale, to) - place(scale, from) }]
  const planned = iteration.state === 'backing_out' || iteration.state === 'backed_out' ? null : millis(iteration.plannedEnd)
  return {
    scale,
    marks: found.flatMap(({ kind, name, at }) =>
      at === null ? [] : [{ kind, name, at, left: place(scale, at), past: window === null || at <= window || only.has(kind) ? null : span(Math.max(60, Math.floor((at - window) / 60_000) * 60)) }]),
    stretches: [
      ...stretch('planned', plannedStart, planned),
      ...stretch('reserve', planned, window),
      ...stretch('beyond', window, scale.end),
      ...stretch('past', startedAt, millis(iteration.endedAt) ?? now),
    ],
  }
}
