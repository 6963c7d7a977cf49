import type { StepDetail } from '../../../api/types'
import { isOver } from '../../../lib/states'
import { clock, clockSeconds, day, millis, span, weekClock, zoneName } from '../../../lib/time'
import { useZone } from '../../../ui/zone'
import { Text } from '@mantine/core'
import { DelayText } from '../StepRowView'
import classes from './panel.module.css'

/** Steps of seconds are told in seconds; all others in minutes. */
function clockOf(iso: string | null, zone: string, fine: boolean, planned: number | null): string {
  const at = millis(iso)
  if (at === null) return '–'
  if (planned !== null && day(at, zone) !== day(planned, zone)) return weekClock(at, zone)
  return fine ? clockSeconds(at, zone) : clock(at, zone)
}

const took = (detail: StepDetail): string => {
  const [start, end] = [millis(detail.startedAt), millis(detail.endedAt)]
  return start === null || end === null ? '–' : span((end - start) / 1000)
}

/** Planned against actual, what led to it, and earlier attempts. */
export function StepTimes({ detail }: { detail: StepDetail }) {
  const { zone } = useZone()
  const fine = detail.durationSeconds > 0 && detail.durationSeconds < 120
  const at = millis(detail.plannedStart) ?? millis(detail.startedAt)
  const show = (iso: string | null) => clockOf(iso, zone, fine, at)
  const before = detail.attempts.filter(({ attempt }) => attempt < detail.attempt)
  return (
    <>
      <div className={`${classes.times} num`}>
        <span>{at === null ? '' : `${day(at, zone)} ${zoneName(zone, at)}`}</span><span>Planned</span><span>Actual</span>
        <span className="dim">Start</span>
        <span>{show(detail.plannedStart)}</span>
        <span>{show(detail.startedAt)}{detail.startAssumed ? ' (assumed)' : ''}</span>
        <span className="dim">End</span>
        <span>{show(detail.plannedEnd)}</span>
        <span>{show(detail.endedAt)}</span>
        <span className="dim">Takes</span>
        <span>{span(detail.durationSeconds)}</span>
        <span>{took(detail)}</span>
        <span className="dim">Delay</span>
        <span />
        <span><DelayText seconds={detail.delaySeconds} over={isOver(detail.state)} /></span>
      </div>
      <Text size="xs" c="dimmed" className="num">
        {[
          detail.readyAt === null ? '' : `ready ${show(detail.readyAt)}`,
          detail.activatedAt === null ? '' : `activated ${show(detail.activatedAt)}`,
          detail.workEndedAt === null ? '' : `work ended ${show(detail.workEndedAt)}`,
        ].filter(Boolean).join(' · ')}
      </Text>
      {before.map((one) => (
        <Text size="xs" c="dimmed" className="num" key={one.attempt}>
          Attempt {one.attempt}: {show(one.startedAt)} to {show(one.endedAt)}, {one.outcome.replace('_', ' ')}
          {one.reason === null ? '' : ` (${one.reason})`}
        </Text>
      ))}
    </>
  )
}
