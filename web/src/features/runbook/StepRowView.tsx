import { IconChecklist, IconClock, IconClockExclamation, IconDatabase, IconDiamond, IconFlagFilled, IconPoint, IconShieldCheck, IconSquareCheckFilled, IconTool } from '@tabler/icons-react'
import { memo } from 'react'
import { Loader } from '@mantine/core'
import type { ForecastStep } from '../../api/forecast'
import type { Behaviour, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { delayLines } from '../../lib/forecastWords'
import { clockSeconds, delay, named } from '../../lib/time'
import { FlagMarks } from '../../ui/FlagMarks'
import { StateMark, stateColor } from '../../ui/StateMark'
import { useIsChosen } from './bulk/chosen'
import { TimeBars } from './TimeBars'
import { counts } from './late'
import { comingOf, momentsOf, rowRange } from './moments'
import { usePending } from './pending'
import { actionWords, fixedNote, stateWordOf, waits } from './words'
import { overDays, type Scale } from './scale'
import classes from './runsheet.module.css'

const icons: Record<Behaviour, typeof IconPoint> = {
  work: IconTool, checkpoint: IconShieldCheck, gate: IconDiamond, milestone: IconFlagFilled,
}

export interface StepRowProps {
  row: StepRow
  teamName: string
  /** What it waits for, or for how long it has been as it is. */
  note: string
  /** The whole of it in words, for hover and screen readers. */
  why: string
  index: number
  top: number
  height: number
  selected: boolean
  late: boolean
  /** Behind its plan by now, or by the forecast, in seconds. */
  delaySeconds: number | null
  /** What the forecast says of it. */
  step: ForecastStep | undefined
  scale: Scale
  zone: string
}

const running = new Set(['in_progress', 'verifying', 'blocked'])

function StateCell({ row }: { row: StepRow }) {
  const doing = usePending(row)
  if (doing) {
    return <span className={classes.doing}><Loader size={12} color="gray" /> {actionWords[doing].doing}</span>
  }
  return <StateMark state={row.state} word={stateWordOf(row)} />
}

/** A delay, signed. Red while something can still be done about it, plain once it is over, quiet when it is none. */
export function DelayText({ seconds, over }: { seconds: number | null; over: boolean }) {
  if (seconds === null) return <span className="dim" aria-hidden>–</span>
  if (seconds <= 60) return <span className="dim">{delay(seconds)}</span>
  return <span className={over ? undefined : classes.late}>{delay(seconds)}</span>
}

const mostLabels = 2

/** The row's labels, small; what has no room is counted, and said on hover. */
function Labels({ labels }: { labels: string[] }) {
  if (labels.length === 0) return null
  const more = labels.length - mostLabels
  return (
    <span className={classes.labels} title={labels.join(', ')}>
      {labels.slice(0, mostLabels).map((label) => <span key={label} className={classes.label}>{label}</span>)}
      {more > 0 && <span className={classes.label}>+{more}</span>}
    </span>
  )
}

function Fixed({ row, zone, days }: { row: StepRow; zone: string; days: boolean }) {
  const at = fixedNote(row, zone, days)
  return at === '' ? null : <span className={`${classes.fixed} num`} title={`Fixed start: locked until ${at}`}><IconClock size={13} role="img" aria-label="Fixed start" /> {at}</span>
}

/** The name's cell: kind of step, name, when it is fixed, labels, whether there is a way back. */
function NameCell({ row, step, zone, days }: { row: StepRow; step: ForecastStep | undefined; zone: string; days: boolean }) {
  const Icon = row.type === 'SYS' ? IconDatabase : icons[row.behaviour]
  return (
    <span role="gridcell" className={classes.name}>
      <Icon size={14} stroke={1.7} className={classes.icon} role="img" aria-label={row.behaviour} />
      <span className={classes.cut} title={[row.name, ...row.labels].join(' · ')}>{row.name}</span>
      <Fixed row={row} zone={zone} days={days} />
      {step && <span className={classes.flags}><FlagMarks flags={{ late: false, critical: step.critical, atRisk: step.atRisk }} words={1} /></span>}
      <Labels labels={row.labels} />
      {row.pointOfNoReturn && <span className={classes.ponr} title="Point of no return">PONR</span>}
    </span>
  )
}

/** To the second, for whoever asks by hovering. */
const fully = (start: number | null, end: number | null, zone: string): string | undefined =>
  start === null ? undefined : `${clockSeconds(start, zone)}${named(start, zone, end ?? start)}–${end === null ? '' : clockSeconds(end, zone) + named(end, zone, start)}`

/** One step of the runsheet. Draws again only when something it is given has changed. */
export const StepRowView = memo(function StepRowView(props: StepRowProps) {
  const { row, teamName, note, why, index, top, height, selected, late, delaySeconds, scale, zone } = props
  // Of what is over nothing is forecast any more.
  const step = isOver(row.state) || !counts(row) ? undefined : props.step
  const coming = step && comingOf(step)
  const whose = props.step?.delay ? delayLines(props.step.delay).join('\n') : ''
  const { plannedStart, plannedEnd, startedAt, endedAt } = momentsOf(row)
  const days = overDays(scale)
  const chosen = useIsChosen(row.id)
  return (
    <div
      role="row" id={`row-${row.id}`} aria-rowindex={index + 2} aria-level={3} aria-selected={selected}
      aria-description={why === '' ? undefined : why} data-step={row.code} data-state={row.state} data-index={index}
      className={classes.row} data-selected={selected || undefined} data-chosen={chosen || undefined} data-dormant={row.dormant || undefined}
      data-out={!row.inScope || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" className={`${classes.code} num`}>
        {chosen && <IconSquareCheckFilled className={classes.tick} size={13} role="img" aria-label="Chosen" />}{row.code}
      </span>
      <NameCell row={row} step={step} zone={zone} days={days} />
      <span role="gridcell" className={`${classes.team} ${classes.cut}`} title={teamName}>{teamName}</span>
      <span role="gridcell" className={classes.state}><StateCell row={row} /></span>
      <span role="gridcell" className={`${classes.note} ${classes.cut} num`} data-why={why === '' ? undefined : why}>
        {waits(row) && <span className={classes.onPhone}>waits for </span>}{note}
      </span>
      <span role="gridcell" className={`${classes.planned} num dim`} title={fully(plannedStart, plannedEnd, zone)}>
        {rowRange(plannedStart, plannedEnd, row.durationSeconds, zone, days)}
      </span>
      <span role="gridcell" className={`${classes.actual} num`} title={fully(startedAt, endedAt, zone)}>
        {rowRange(startedAt, endedAt, row.durationSeconds, zone, days)}
      </span>
      <span role="gridcell" className={`${classes.delay} num`} title={whose === '' ? undefined : whose}>
        {step?.late && delaySeconds !== null && <IconClockExclamation size={13} className={classes.lateIcon} role="img" aria-label="late by the forecast" />}
        <DelayText seconds={delaySeconds} over={isOver(row.state) || !counts(row)} />
      </span>
      <span role="gridcell" className={classes.bars}>
        <TimeBars
          scale={scale} plannedStart={plannedStart} plannedEnd={plannedEnd} startedAt={startedAt} endedAt={endedAt}
          forecastStart={coming?.start ?? null} forecastEnd={coming?.end ?? null} critical={step?.critical === true}
          running={startedAt !== null && endedAt === null && running.has(row.state)}
          color={stateColor(row.state)} late={late && !isOver(row.state)}
        />
      </span>
      <span role="gridcell" className={`${classes.tasks} num dim`}>
        {row.tasksTotal > 0 && <><IconChecklist size={13} stroke={1.7} aria-hidden /> {row.tasksDone}/{row.tasksTotal}</>}
      </span>
    </div>
  )
})
