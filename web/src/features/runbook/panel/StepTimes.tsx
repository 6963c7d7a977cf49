import { useQuery } from '@tanstack/react-query'
import { forecastIndex, forecastQuery, type ForecastStep } from '../../../api/forecast'
import type { StepDetail } from '../../../api/types'
import { isOver } from '../../../lib/states'
import { clock, clockSeconds, date, millis, named, span, weekClock, zoneName } from '../../../lib/time'
import { useNow } from '../../../ui/useNow'
import { useZone } from '../../../ui/zone'
import { Text } from '@mantine/core'
import { delayLines } from '../../../lib/forecastWords'
import { counts, delayAt } from '../late'
import { DelayText } from '../StepRowView'
import { takenBack } from './attempts'
import classes from './panel.module.css'

/** Steps of seconds are told in seconds; all others in minutes. */
function clockOf(iso: string | null, zone: string, fine: boolean, planned: number | null): string {
  const at = millis(iso)
  if (at === null) return '–'
  // The zone that is named above is the planned start's.
  const behind = named(at, zone, planned ?? at)
  if (planned !== null && date(at, zone) !== date(planned, zone)) return weekClock(at, zone) + behind
  return (fine ? clockSeconds(at, zone) : clock(at, zone)) + behind
}

const between = (from: string | null, to: string | null): string | null => {
  const [start, end] = [millis(from), millis(to)]
  return start === null || end === null ? null : span((end - start) / 1000)
}

const took = (detail: StepDetail): string => between(detail.startedAt, detail.endedAt) ?? '–'

/** What of a forecast stands on an assumption: of what has begun it is the end, for its start is a fact. */
const assumedOf = ({ assumed }: ForecastStep, { startedAt }: StepDetail): 'start' | 'end' | null => (assumed ? (startedAt === null ? 'start' : 'end') : null)

/** What was told later than it happened, or begun by order: it stands beside the times for ever. */
function told(detail: StepDetail, show: (iso: string | null) => string): string[] {
  const late = (happened: string | null, at: string | null) =>
    (millis(at) ?? 0) - (millis(happened) ?? 0) >= 60_000 && happened !== null && !detail.startAssumed
  const why = detail.lateReason === null ? '' : ` (${detail.lateReason})`
  return [
    late(detail.startedAt, detail.startToldAt) && !detail.startCarried ? `Start at ${show(detail.startedAt)} told at ${show(detail.startToldAt)}${why}` : '',
    detail.lateReason !== null && late(detail.workEndedAt, detail.endToldAt) ? `End at ${show(detail.workEndedAt)} told at ${show(detail.endToldAt)}${why}` : '',
    detail.overrideBy === null ? '' : `Started by override of ${detail.overrideBy}: ${detail.overrideReason ?? ''}`,
  ].filter(Boolean)
}

/** Planned against actual, what led to it, and earlier attempts. Its delay is the one that its row shows. */
export function StepTimes({ iterationId, detail, begun }: { iterationId: string; detail: StepDetail; begun: boolean }) {
  const forecast = forecastIndex(useQuery(forecastQuery(iterationId)).data)
  const { zone } = useZone()
  const now = useNow(30_000)
  const fine = detail.durationSeconds > 0 && detail.durationSeconds < 120
  const at = millis(detail.plannedStart) ?? millis(detail.startedAt)
  const show = (iso: string | null) => clockOf(iso, zone, fine, at)
  const step = forecast.get(detail.code)
  // Of what is over nothing is forecast; its delay is split all the same.
  const coming = isOver(detail.state) || !counts(detail) ? undefined : step
  const moved = detail.baselineStart !== detail.plannedStart || detail.baselineEnd !== detail.plannedEnd
  const undone = takenBack(detail)
  const before = detail.attempts.filter(({ attempt }) => attempt < detail.attempt)
  return (
    <>
      <div className={`${classes.times} num`} data-forecast={coming ? true : undefined}>
        <span>{at === null ? '' : `${date(at, zone)} ${zoneName(zone, at)}`}</span><span>Planned</span>{coming && <span>Forecast</span>}<span>Actual</span>
        <span className="dim">Start</span>
        <span>{show(detail.plannedStart)}</span>
        {coming && <span>{show(coming.start)}{assumedOf(coming, detail) === 'start' ? ' (assumed)' : ''}</span>}
        <span>{show(detail.startedAt)}{detail.startAssumed ? ' (assumed)' : detail.startCarried ? ' (carried over)' : ''}</span>
        <span className="dim">End</span>
        <span>{show(detail.plannedEnd)}</span>
        {coming && <span>{show(coming.end)}{assumedOf(coming, detail) === 'end' ? ' (assumed)' : ''}</span>}
        <span>{show(detail.endedAt)}</span>
        <span className="dim">Takes</span>
        <span>{span(detail.durationSeconds)}</span>
        {coming && <span>{(detail.startedAt === null ? null : between(coming.start, coming.end)) ?? span(coming.expectedSeconds)}</span>}
        <span>{took(detail)}</span>
        <span className="dim">Delay</span>
        <span />
        {coming && <span />}
        <span><DelayText seconds={begun || coming ? delayAt(detail, now, forecast) : null} over={isOver(detail.state)} /></span>
      </div>
      <Text size="xs" c="dimmed" className="num">
        {[
          detail.readyAt === null ? '' : `ready ${show(detail.readyAt)}`,
          detail.activatedAt === null ? '' : `activated ${show(detail.activatedAt)}`,
          detail.takenAt === null ? '' : `${detail.takenBy ?? 'its team'} has it since ${show(detail.takenAt)}`,
          detail.expectedAt === null ? '' : `${(millis(detail.expectedAt) ?? now) < now ? 'was to' : 'should'} go on ${show(detail.expectedAt)}`,
          detail.workEndedAt === null ? '' : `work ended ${show(detail.workEndedAt)}`,
        ].filter(Boolean).join(' · ')}
      </Text>
      {moved && detail.baselineStart !== null && <Text size="xs" c="dimmed" className="num">baseline {show(detail.baselineStart)} to {show(detail.baselineEnd)}</Text>}
      {step?.delay && delayLines(step.delay).map((line) => <Text size="xs" className="num" key={line}>{line}</Text>)}
      {coming?.p80End && <Text size="xs" c="dimmed" className="num">ends in 4 of 5 simulated nights by {show(coming.p80End)}</Text>}
      {told(detail, show).map((words) => <Text size="xs" className="num" key={words}>{words}</Text>)}
      {before.map((one) => (
        <Text size="xs" c="dimmed" className="num" key={one.attempt}>
          Attempt {one.attempt}: {show(one.startedAt)}{one.endedAt === null ? '' : ` to ${show(one.endedAt)}`}, {undone.has(one.attempt) ? 'Done, taken back' : one.outcome.replace('_', ' ')}
          {one.reason === null ? '' : ` (${one.reason})`}
        </Text>
      ))}
    </>
  )
}
