import { memo } from 'react'
import { stateColor } from '../../ui/StateMark'
import classes from './gantt.module.css'
import { barOf, type Scale, x } from './scale'
import type { GanttRow, Span } from './types'

/** Where each of the four stands within a row, from its middle. */
const lanes = { baseline: -10, planned: -7, main: -1, height: 9 }

function Plain({ scale, span, y, height, kind }: { scale: Scale; span: Span; y: number; height: number; kind: 'planned' | 'baseline' }) {
  const bar = barOf(scale, span[0], span[1], 2)
  return <rect className={classes[kind]} x={bar.x} y={y} width={bar.width} height={height} rx={1} />
}

/** What is to come: hollow; shaded by how near it is to the critical path. */
function Coming({ row, span, scale }: { row: GanttRow; span: Span; scale: Scale }) {
  const bar = barOf(scale, span[0], span[1])
  const y = lanes.main
  if (span[0] === span[1]) {
    return <path className={classes.point} data-critical={row.critical || undefined} d={`M${bar.x} ${y - 1}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`} />
  }
  return (
    <rect
      className={classes.forecast} data-critical={row.critical || undefined} data-assumed={row.assumed || undefined}
      x={bar.x} y={y} width={bar.width} height={lanes.height} rx={2} style={row.near > 0 ? { fillOpacity: 0.08 + 0.4 * row.near } : undefined} data-near={row.near > 0 || undefined}
    />
  )
}

/** What was: solid. A running one reaches to now by itself, without being drawn again. */
function Gone({ row, span, scale }: { row: GanttRow; span: Span; scale: Scale }) {
  const bar = barOf(scale, span[0], span[1])
  const fill = row.kind === 'step' && row.state !== null ? stateColor(row.state) : 'var(--t-accent)'
  if (!row.running && span[0] === span[1]) return <path d={`M${bar.x} ${lanes.main - 1}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`} style={{ fill }} className={classes.actual} />
  const width = row.running ? `max(3px, calc(var(--now) - ${bar.x}px))` : undefined
  return (
    <rect
      className={classes.actual} data-kind={row.kind} x={bar.x} y={row.kind === 'step' ? lanes.main : lanes.main + 3} width={bar.width}
      height={row.kind === 'step' ? lanes.height : 4} rx={2} style={{ fill, ...(width === undefined ? {} : { width }) }}
    />
  )
}

/** The end of a group's bracket hangs down, as everybody draws them. */
function Bracket({ span, scale }: { span: Span; scale: Scale }) {
  const bar = barOf(scale, span[0], span[1])
  const y = lanes.main + 2
  return <path className={classes.bracket} d={`M${bar.x} ${y + 7}V${y}H${bar.x + bar.width}V${y + 7}`} />
}

function Whisker({ row, scale }: { row: GanttRow; scale: Scale }) {
  const end = row.forecast?.[1]
  if (row.p80 === null || end === undefined || row.p80 <= end) return null
  const [from, to, y] = [x(scale, end), x(scale, row.p80), lanes.main + lanes.height / 2]
  if (to - from < 2) return null
  return <path className={classes.whisker} d={`M${from} ${y}H${to}M${to} ${y - 3}v6`} />
}

/** The bars of one row. `top`: where the row begins on the paper. */
export const RowBars = memo(function RowBars({ row, scale, top, height }: { row: GanttRow; scale: Scale; top: number; height: number }) {
  return (
    <g transform={`translate(0 ${top + height / 2})`} data-bars={row.code} data-dormant={row.dormant || undefined}>
      {row.baseline && <Plain scale={scale} span={row.baseline} y={lanes.baseline} height={1} kind="baseline" />}
      {row.planned && <Plain scale={scale} span={row.planned} y={lanes.planned} height={4} kind="planned" />}
      {row.kind !== 'step' && row.forecast && <Bracket span={row.forecast} scale={scale} />}
      {row.kind === 'step' && row.forecast && <Coming row={row} span={row.forecast} scale={scale} />}
      {row.actual && <Gone row={row} span={row.actual} scale={scale} />}
      {row.kind === 'step' && <Whisker row={row} scale={scale} />}
    </g>
  )
})
