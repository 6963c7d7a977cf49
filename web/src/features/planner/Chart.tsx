import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconMoon, IconPencil, IconZzz } from '@tabler/icons-react'
import { useElementSize } from '@mantine/hooks'
import type { IterationSchedule, ScheduledPhase } from '../../api/schedule'
import { clockChanges } from '../../lib/axis'
import { type Blackout, pauseWords } from '../../lib/blackouts'
import { clock, dayClock, millis, zoneName } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { AxisHead, Grid } from './Axis'
import { BlackoutGround, BlackoutRow } from './Blackouts'
import { ChapterBar } from './ChapterBar'
import { type Axis, axisOf, type Draft, type Row, rowOf, sixDays, spanOf, type Times } from './model'
import { told } from './words'
import classes from './planner.module.css'

/** As wide as the column of names; narrower on narrow screens (planner.module.css says the same). */
const head = 270

interface Props {
  schedule: IterationSchedule
  draft: Draft
  zone: string
  zoom: number
  blackouts: readonly Blackout[]
  onType: ((row: Row, times: Times | null) => void) | null
  onOpen: (code: string) => void
}

/** How a chapter's times came about, and what is wrong with them, as signs with their words. */
export function Marks({ row }: { row: Row }) {
  const { chapter } = row
  return (
    <>
      {chapter.dormant && <IconMoon size={13} aria-label="Sleeps: a rollback chapter" />}
      {row.changed ? <span className={classes.unsaved}>not saved</span> : row.typed && <IconPencil size={13} aria-label="Typed" />}
      {chapter.conflicts.length > 0 && <IconAlertTriangle size={14} className={classes.warn ?? ''} aria-label="Cannot be kept" />}
    </>
  )
}

/** That a blackout makes it longer, and how much of it nobody works. */
export function Stretched({ row: { span }, blackouts }: { row: Row; blackouts: readonly Blackout[] }) {
  const words = span && pauseWords(blackouts, span.start, span.end)
  return words === null ? null : <span title={words} role="img" aria-label={words}><IconZzz size={13} aria-hidden /></span>
}

function Head({ row, zone, long, blackouts, onOpen }: { row: Row; zone: string; long: boolean; blackouts: readonly Blackout[]; onOpen: () => void }) {
  const { chapter, span } = row
  return (
    <UnstyledButton className={classes.name ?? ''} onClick={onOpen} data-chapter={chapter.code}>
      <span><b>{chapter.code}</b> {chapter.name}</span>
      <small className="num">{span === null ? (chapter.steps === 0 ? 'no step of it in this iteration' : 'sleeps: no times') : told(span, zone, long)} <Marks row={row} /> <Stretched row={row} blackouts={blackouts} /></small>
    </UnstyledButton>
  )
}

/** The moments that hold for all rows; the now-line moves by itself. */
function Lines({ schedule, axis, width, zone }: { schedule: IterationSchedule; axis: Axis; width: number; zone: string }) {
  const now = useNow()
  const x = (at: number) => ((at - axis.start) / (axis.end - axis.start)) * width
  const window = [['Window opens', schedule.windowStart], ['Window ends', schedule.windowEnd]] as const
  return (
    <>
      {window.map(([label, iso]) => {
        const at = millis(iso)
        if (at === null) return null
        const right = x(at) > width - 130
        return (
          <g key={label}>
            <line className={classes.window} x1={x(at)} x2={x(at)} y1="0" y2="100%"><title>{`${label} ${dayClock(at, zone)}`}</title></line>
            <text className={`${classes.windowText} num`} x={x(at) + (right ? -4 : 4)} y="11" textAnchor={right ? 'end' : 'start'}>{label} {clock(at, zone)}</text>
          </g>
        )
      })}
      {now > axis.start && now < axis.end && (
        <g data-testid="now-line">
          <line className={classes.now} x1={x(now)} x2={x(now)} y1="0" y2="100%" />
          <text className={`${classes.nowText} num`} x={x(now) + 4} y="22">now {clock(now, zone)}</text>
        </g>
      )}
    </>
  )
}

function PhaseBar({ phase, rows, axis, width }: { phase: ScheduledPhase; rows: readonly Row[]; axis: Axis; width: number }) {
  const spans = rows.filter((row) => !row.chapter.dormant).flatMap(({ span }) => (span === null ? [] : [span]))
  if (spans.length === 0) return null
  const x = (at: number) => ((at - axis.start) / (axis.end - axis.start)) * width
  const [start, end] = [Math.min(...spans.map((one) => one.start)), Math.max(...spans.map((one) => one.end))]
  return <rect className={classes.phaseBar} x={x(start)} width={Math.max(2, x(end) - x(start))} y={9} height={7} rx={1}><title>{phase.name}</title></rect>
}

/** Chapters by macro-phase against time. */
export function Chart({ schedule, draft, zone, zoom, blackouts, onType, onOpen }: Props) {
  const { ref, width: room } = useElementSize<HTMLDivElement>()
  const minute = useNow(60_000)
  const first = Date.parse(schedule.planned.start)
  const phases = schedule.macroPhases.map((phase) => ({ phase, rows: phase.chapters.map((chapter) => rowOf(chapter, draft)) }))
  const near = spanOf(schedule.planned)
  const running = near !== null && minute > near.start - 12 * 3_600_000 && schedule.actual.end === null && minute < near.end + 12 * 3_600_000
  const axis = axisOf(schedule, phases.flatMap(({ rows }) => rows), running ? minute : null)
  const width = Math.max(320, room - head - 2) * zoom
  const long = axis.end - axis.start > sixDays
  const names = [...new Set([zoneName(zone, axis.start), zoneName(zone, axis.end)])]
  return (
    <div className={classes.chart} ref={ref} data-testid="planner-chart">
      <div className={classes.paper} data-changes={clockChanges(axis.start, axis.end, zone).length > 0 || undefined} style={{ width: head + width }}>
        <div className={`${classes.corner} num`} data-testid="axis-zone">{names.join(' / ')}<span className="dim"> {names.includes(zone) ? '' : `${zone}, `}24 h</span></div>
        <div className={classes.axisCell}><AxisHead axis={axis} width={width} zone={zone} /></div>
        <svg className={classes.ground} width={width} aria-hidden>
          <BlackoutGround blackouts={blackouts} axis={axis} width={width} />
          <Grid axis={axis} width={width} zone={zone} />
        </svg>
        <BlackoutRow blackouts={blackouts} axis={axis} width={width} zone={zone} />
        {phases.map(({ phase, rows }) => (
          <section key={phase.code} className={classes.phase} aria-label={`${phase.code} ${phase.name}`}>
            <div className={classes.phaseRow}>
              <h2><b>{phase.code}</b> {phase.name}</h2>
              <svg width={width} height={24} aria-hidden><PhaseBar phase={phase} rows={rows} axis={axis} width={width} /></svg>
            </div>
            {rows.map((row) => (
              <div key={row.chapter.code} className={classes.row}>
                <Head row={row} zone={zone} long={long} blackouts={blackouts} onOpen={() => onOpen(row.chapter.code)} />
                <svg width={width} height={30}>
                  <ChapterBar
                    row={row} axis={axis} width={width} zone={zone} blackouts={blackouts} now={minute} first={first} onOpen={() => onOpen(row.chapter.code)}
                    onChange={onType && row.chapter.steps > 0 ? (times) => onType(row, times) : null}
                  />
                </svg>
              </div>
            ))}
          </section>
        ))}
        <svg className={`${classes.ground} ${classes.lines}`} width={width} aria-hidden><Lines schedule={schedule} axis={axis} width={width} zone={zone} /></svg>
      </div>
    </div>
  )
}
