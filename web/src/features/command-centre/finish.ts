/** When a night ends, by its forecast, in words; only what is known. Pure; now is an argument, in milliseconds. */
import type { ForecastDocument } from '../../api/forecast'
import { chanceText } from '../../lib/forecastWords'
import { delay, millis, near, span } from '../../lib/time'

const minute = 60_000

export interface Figure { label: string; text: string; title: string }

const stamp = (iso: string, now: number, zone: string): string => near(Date.parse(iso), now, zone)

/**
 * The expected finish and how far it is from the baseline, else from the plan; null while nothing is forecast. Turned
 * back, it is when the way back ends, and whether that is inside the window: the baseline was the way forward's.
 */
export function finishWords({ finish, basis, problem }: ForecastDocument, now: number, zone: string): string | null {
  if (problem !== null) return `no forecast: ${problem.sentence}`
  if (finish === null) return null
  const against = finish.delaySeconds === null ? '' : `, ${delay(finish.delaySeconds)} against ${finish.baseline === null ? 'plan' : 'baseline'}`
  if (finish.wayBack) return finish.actual === null ? `way back ends ${stamp(finish.forecast, now, zone)}` : `backed out ${stamp(finish.actual, now, zone)}`
  if (basis === 'over') return finish.actual === null ? null : `finished ${stamp(finish.actual, now, zone)}${against}`
  return `forecast finish ${stamp(finish.forecast, now, zone)}${against}`
}

/** P50, P80, P95 and the chance, each only if it was evaluated. */
export function figuresOf({ uncertainty, basis, finish }: ForecastDocument, now: number, zone: string): Figure[] {
  if (uncertainty === null || basis === 'over') return []
  const share = (percent: string) => `In ${percent} of the simulated nights it ends by then`
  const found: Figure[] = [
    { label: 'P50', text: stamp(uncertainty.p50, now, zone), title: share('50 %') },
    { label: 'P80', text: stamp(uncertainty.p80, now, zone), title: share('80 %') },
    { label: 'P95', text: stamp(uncertainty.p95, now, zone), title: share('95 %') },
  ]
  if (uncertainty.chance !== null) {
    const until = uncertainty.window === null ? '' : `, which ends ${stamp(uncertainty.window.end, now, zone)}`
    found.push({ label: finish?.wayBack ? 'to be back inside the window' : 'inside the window', text: chanceText(uncertainty.chance), title: `The share of simulated nights that end inside the window${until}. It is a share of draws, and never certain` })
  }
  return found
}

/** Whether the end that is forecast is inside the window; nothing without one, or once it is over. */
export function insideWords({ finish, gauge, uncertainty, basis }: ForecastDocument): { words: string; late: boolean } | null {
  const end = millis(uncertainty?.window?.end ?? gauge?.windowEnd)
  if (finish === null || end === null || basis === 'over') return null
  const past = Date.parse(finish.forecast) - end
  return past <= 0 ? { words: 'inside the window', late: false } : { words: `${span(Math.max(60, Math.round(past / minute) * 60))} past the window's end`, late: true }
}

/** What the forecast finish and P50 to P95 are, where they are so far apart that one would think one of them wrong. */
export function spreadNote({ finish, uncertainty, basis }: ForecastDocument): string | null {
  if (finish === null || uncertainty === null || basis === 'over') return null
  const [forecast, half, most] = [Date.parse(finish.forecast), Date.parse(uncertainty.p50), Date.parse(uncertainty.p95)]
  const name = finish.wayBack ? 'The end of the way back' : 'The forecast finish'
  const draws = 'P50 to P95 are of simulated nights, in which steps run late or early together'
  if (half - forecast > 3 * minute) return `${name} takes each step at its expected length; ${draws}, and the slowest of parallel steps decides. Plan with P80.`
  if (forecast - most > 3 * minute) return `${name} takes each step at its expected length; ${draws}, and by what tonight has shown they end sooner. Until more has ended, plan with the later one.`
  return null
}

/** as of event 412, 3 since */
export function asOf(seq: number, boardSeq: number): string {
  const since = boardSeq - seq
  return `as of event ${String(seq)}${since > 0 ? `, ${String(since)} since` : ''}`
}

/** in 1 h 12, in 12:30 min, 13 s ago */
export function countdown(at: number, now: number): string {
  const seconds = Math.floor(Math.abs(at - now) / 1000)
  const words = seconds < 60 ? `${String(seconds)} s` : seconds < 3600 ? `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')} min` : span(Math.floor(seconds / 60) * 60)
  return at > now ? `in ${words}` : `${words} ago`
}

export type Tone = 'green' | 'amber' | 'red' | 'violet' | 'grey'

const gaugeLook: Record<string, { word: string; tone: Tone }> = {
  open: { word: 'One can turn back', tone: 'green' },
  closing: { word: 'Closing', tone: 'amber' },
  passed: { word: 'Last safe decision passed', tone: 'red' },
  forward_only: { word: 'Forward only', tone: 'violet' },
  cannot_be_computed: { word: 'Cannot be computed', tone: 'grey' },
  no_window: { word: 'No window', tone: 'grey' },
}

interface Told {
  state: string
  lastSafeDecision: string | null
  beforeStepCode: string | null
}

/** The gauge's state in a word. Between two forecasts the clock may have passed it, but never a step that has not begun. */
export function gaugeWord({ state, lastSafeDecision, beforeStepCode }: Told, now: number): { word: string; tone: Tone } {
  const at = millis(lastSafeDecision)
  const gone = (state === 'open' || state === 'closing') && beforeStepCode === null && at !== null && at <= now
  return gaugeLook[gone ? 'passed' : state] ?? { word: state, tone: 'grey' }
}
