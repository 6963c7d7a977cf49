/** What is said of a row when one points at it: exact times, float, and where its delay comes from. Pure. */
import type { ForecastStep } from '../../api/forecast'
import type { GanttRow, Span } from '../../features/gantt/types'
import { reach } from '../../features/gantt/scale'
import { type Blackout, pauseWords } from '../../lib/blackouts'
import { clock, dayClock, delay, span, zoneName } from '../../lib/time'
import { delayLines } from '../../lib/forecastWords'

const hour = 3_600_000

function spanWords([start, end]: Span, zone: string): string {
  const took = start === end ? '' : ` · ${span((end - start) / 1000)}`
  const to = start === end ? '' : end - start < 12 * hour && dayClock(start, zone).slice(0, -6) === dayClock(end, zone).slice(0, -6) ? `–${clock(end, zone)}` : ` – ${dayClock(end, zone)}`
  return `${dayClock(start, zone)}${to}${took}`
}

function actualWords(row: GanttRow, zone: string): string {
  if (!row.actual) return ''
  return row.running ? `Actual: since ${dayClock(row.actual[0], zone)}` : `Actual: ${spanWords(row.actual, zone)}`
}

function floatWords({ totalFloatSeconds, critical, criticality }: ForecastStep): string {
  const share = criticality === null ? '' : `critical in ${String(Math.round(criticality * 100))} % of the simulated nights`
  const float = critical ? 'Critical: no float' : totalFloatSeconds === null ? '' : `Float ${span(totalFloatSeconds)}`
  return [float, share].filter(Boolean).join(', ')
}

export function tipLines(row: GanttRow, step: ForecastStep | undefined, blackouts: readonly Blackout[], zone: string): string[] {
  const at = row.planned?.[0] ?? row.actual?.[0]
  const bar = reach(row)
  const lines = [
    `${row.code} ${row.name}`,
    [row.word, at === undefined ? '' : zoneName(zone, at)].filter(Boolean).join(' · '),
    row.baseline ? `Baseline: ${spanWords(row.baseline, zone)}` : '',
    row.planned ? `Planned: ${spanWords(row.planned, zone)}` : 'Not planned',
    row.forecast ? `Forecast: ${spanWords(row.forecast, zone)}${row.assumed ? ' (assumed)' : ''}` : '',
    actualWords(row, zone),
    bar === null ? '' : (pauseWords(blackouts, bar[0], bar[1]) ?? ''),
    row.p80 === null ? '' : `In 4 of 5 nights it ends by ${dayClock(row.p80, zone)} (P80)`,
    row.over || !step ? '' : floatWords(step),
  ]
  const said = step?.delay ? delayLines(step.delay) : row.delaySeconds === null || Math.abs(row.delaySeconds) < 1 ? [] : [`Delay ${delay(row.delaySeconds)}`]
  return [...lines, ...said].filter((line) => line !== '')
}
