import { memo } from 'react'
import { zoneName } from '../../lib/time'
import type { AxisMarks } from './axis'
import classes from './gantt.module.css'
import type { Scale } from './scale'
import type { Mark } from './types'

/** The days above, the hours below, where the clocks are set, and the zone they are told in. */
export const Axis = memo(function Axis({ marks, width, lines }: { marks: AxisMarks; width: number; lines: readonly (Mark & { x: number })[] }) {
  return (
    <div className={`${classes.axis} num`} style={{ width }} aria-hidden>
      {marks.days.filter(({ x }) => x < width - 70).map(({ at, x, text }, i) => <span key={at} className={classes.day} style={{ left: x, maxWidth: (marks.days[i + 1]?.x ?? width) - x - 4 }}>{text}</span>)}
      {marks.ticks.map(({ at, x, text }) => <span key={at} className={classes.tick} style={{ left: x }}>{text}</span>)}
      {marks.changes.map(({ at, x, text }) => <span key={at} className={classes.change} style={{ left: x }}>{text}</span>)}
      {lines.map(({ kind, at, x, label }) => <span key={kind + String(at)} className={classes.flag} data-mark={kind} data-edge={x > width - 150 || undefined} style={{ left: x }}>{label}</span>)}
      <span className={classes.nowFlag}>now</span>
    </div>
  )
})

/** In the corner, over the heads: which zone the axis is in; two names where the clocks are set between. */
export function Corner({ scale, zone }: { scale: Scale; zone: string }) {
  const names = [...new Set([zoneName(zone, scale.start), zoneName(zone, scale.end)])]
  return <div className={`${classes.corner} num`} data-testid="axis-zone">{names.join(' / ')}<span className="dim"> {names.includes(zone) ? '' : `${zone}, `}24 h</span></div>
}
