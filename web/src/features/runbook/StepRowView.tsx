import { IconChecklist, IconDatabase, IconDiamond, IconFlagFilled, IconPoint, IconShieldCheck, IconTool } from '@tabler/icons-react'
import { memo } from 'react'
import { Loader } from '@mantine/core'
import type { Behaviour, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { delay, millis, range } from '../../lib/time'
import { StateMark, stateColor } from '../../ui/StateMark'
import { TimeBars } from './TimeBars'
import { usePending } from './pending'
import { actionWords } from './words'
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
  /** Behind its plan by now, in seconds. */
  delaySeconds: number | null
  scale: Scale
  zone: string
}

const running = new Set(['in_progress', 'verifying', 'blocked'])

function StateCell({ row }: { row: StepRow }) {
  const doing = usePending(row)
  if (doing) {
    return <span className={classes.doing}><Loader size={12} color="gray" /> {actionWords[doing].doing}</span>
  }
  return <StateMark state={row.state} word={row.dormant ? 'Dormant' : undefined} />
}

/** A delay, signed. Red while something can still be done about it, plain once it is over, quiet when it is none. */
export function DelayText({ seconds, over }: { seconds: number | null; over: boolean }) {
  if (seconds === null) return <span className="dim" aria-hidden>–</span>
  if (seconds <= 60) return <span className="dim">{delay(seconds)}</span>
  return <span className={over ? undefined : classes.late}>{delay(seconds)}</span>
}

/** One step of the runsheet. Draws again only when something it is given has changed. */
export const StepRowView = memo(function StepRowView(props: StepRowProps) {
  const { row, teamName, note, why, index, top, height, selected, late, delaySeconds, scale, zone } = props
  const Icon = row.type === 'SYS' ? IconDatabase : icons[row.behaviour]
  const [plannedStart, plannedEnd] = [millis(row.plannedStart), millis(row.plannedEnd)]
  const [startedAt, endedAt] = [millis(row.startedAt), millis(row.endedAt)]
  return (
    <div
      role="row" id={`row-${row.id}`} aria-rowindex={index + 2} aria-level={3} aria-selected={selected}
      aria-description={why === '' ? undefined : why} data-step={row.code} data-state={row.state} data-index={index}
      className={classes.row} data-selected={selected || undefined} data-dormant={row.dormant || undefined}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" className={`${classes.code} num`}>{row.code}</span>
      <span role="gridcell" className={classes.name}>
        <Icon size={14} stroke={1.7} className={classes.icon} role="img" aria-label={row.behaviour} />
        <span className={classes.cut} title={row.name}>{row.name}</span>
        {row.pointOfNoReturn && <span className={classes.ponr} title="Point of no return">PONR</span>}
      </span>
      <span role="gridcell" className={`${classes.team} ${classes.cut}`} title={teamName}>{teamName}</span>
      <span role="gridcell" className={classes.state}><StateCell row={row} /></span>
      <span role="gridcell" className={`${classes.note} ${classes.cut} num`} data-why={why === '' ? undefined : why}>{note}</span>
      <span role="gridcell" className={`${classes.planned} num dim`}>{range(plannedStart, plannedEnd, zone, overDays(scale))}</span>
      <span role="gridcell" className={`${classes.actual} num`}>{range(startedAt, endedAt, zone, overDays(scale))}</span>
      <span role="gridcell" className={`${classes.delay} num`}><DelayText seconds={delaySeconds} over={isOver(row.state)} /></span>
      <span role="gridcell" className={classes.bars}>
        <TimeBars
          scale={scale} plannedStart={plannedStart} plannedEnd={plannedEnd} startedAt={startedAt} endedAt={endedAt}
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
