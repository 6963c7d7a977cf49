import { serverNow } from '../../lib/serverTime'
import { zoneName } from '../../lib/time'
import type { Blackout } from '../../lib/blackouts'
import { marksOf } from './axis'
import { blackoutsOn } from './Axis'
import classes from './gantt.module.css'
import { RowBars } from './RowBars'
import { fitting, type Scale, x } from './scale'
import type { GanttRow, Mark } from './types'

/** What is left of A4 landscape beside the heads, in pixels. */
const paperWidth = 640
const height = 22

interface Props {
  count: number
  rowAt: (index: number) => GanttRow
  range: { start: number; end: number }
  zone: string
  marks: readonly Mark[]
  blackouts: readonly Blackout[]
}

function Grid({ scale, zone, marks, blackouts, label }: { scale: Scale; zone: string; marks: readonly Mark[]; blackouts: readonly Blackout[]; label: boolean }) {
  const { ticks, days } = marksOf(scale, zone, 0, paperWidth)
  return (
    <>
      {blackoutsOn(blackouts, scale).map((one) => <rect key={one.start} className={classes.blackout} x={one.x} y={0} width={one.width} height={40} />)}
      <path className={classes.hours} d={ticks.map((tick) => `M${tick.x} ${label ? 26 : 0}V40`).join('')} />
      {marks.map(({ kind, at }) => <path key={kind + String(at)} className={classes.mark} data-mark={kind} d={`M${x(scale, at)} 0V40`} />)}
      {label && days.map((one) => <text key={one.at} x={one.x + 2} y={9}>{one.text}</text>)}
      {label && ticks.map((one) => <text key={one.at} x={one.x} y={22} textAnchor="middle">{one.text}</text>)}
    </>
  )
}

/** The Gantt on paper: a table, so that its head stands on each page and no row is cut in two. */
export function PrintGantt({ count, rowAt, range, zone, marks, blackouts }: Props) {
  const scale: Scale = { ...range, k: fitting(range.start, range.end, paperWidth) }
  // On paper now is when it was printed: what runs reaches to there.
  const now = { '--now': `${String(x(scale, serverNow()))}px` } as React.CSSProperties
  const within = marks.filter(({ at }) => at >= range.start && at <= range.end)
  return (
    <table className={classes.print} style={now}>
      <thead>
        <tr>
          <th>Step</th><th>State</th>
          <th><span>{zoneName(zone, range.start)}, 24 h</span><svg width={paperWidth} height={28}><Grid scale={scale} zone={zone} marks={within} blackouts={blackouts} label /></svg></th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, i) => rowAt(i)).map((row) => (
          <tr key={row.id} data-kind={row.kind}>
            <td className={classes.printName}><b>{row.code}</b> {row.name}</td>
            <td>{row.word}{row.late ? ', late' : ''}{row.critical ? ', critical' : ''}</td>
            <td><svg width={paperWidth} height={height}><Grid scale={scale} zone={zone} marks={within} blackouts={blackouts} label={false} /><RowBars row={row} scale={scale} top={0} height={height} /></svg></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
