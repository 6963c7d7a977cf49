import { memo, type ReactNode } from 'react'
import type { AxisMarks } from './axis'
import type { DrawnLinks } from './drawn'
import classes from './gantt.module.css'
import type { Mark } from './types'

const verticals = (places: readonly { x: number }[], height: number): string => places.map(({ x }) => `M${Math.round(x) + 0.5} 0V${height}`).join('')

/** What lies under the bars: the lines of the hours and days, of the window's end and of what there is no way back from. */
const Lines = memo(function Lines({ marks, lines, height }: { marks: AxisMarks; lines: readonly (Mark & { x: number })[]; height: number }) {
  return (
    <>
      <path className={classes.hours} d={verticals(marks.ticks, height)} />
      <path className={classes.days} d={verticals(marks.days, height)} />
      {marks.changes.length > 0 && <path className={classes.clocks} d={verticals(marks.changes, height)} />}
      {lines.map(({ kind, at, x }) => <path key={kind + String(at)} className={classes.mark} data-mark={kind} d={`M${x} 0V${height}`} />)}
    </>
  )
})

const Links = memo(function Links({ links }: { links: DrawnLinks }) {
  return (
    <>
      {links.plain !== '' && <><path className={classes.link} d={links.plain} /><path className={classes.head} d={links.plainHeads} /></>}
      {links.critical !== '' && <><path className={classes.link} data-kind="critical" d={links.critical} /><path className={classes.head} data-kind="critical" d={links.criticalHeads} /></>}
      {links.chosen !== '' && <><path className={classes.link} data-kind="chosen" d={links.chosen} /><path className={classes.head} data-kind="chosen" d={links.chosenHeads} /></>}
    </>
  )
})

export interface Ground { top: number; kind: 'selected' | 'macro' | 'chapter' }

interface Props {
  width: number
  height: number
  marks: AxisMarks
  lines: readonly (Mark & { x: number })[]
  /** Where nobody works. */
  blackouts: readonly { start: number; x: number; width: number }[]
  links: DrawnLinks
  /** Where the selected row and the groups' rows stand: they have a ground of their own. */
  grounds: readonly Ground[]
  rowHeight: number
  children: ReactNode
}

/** The drawing itself: only the rows on screen are in it. */
export function Paper({ width, height, marks, lines, blackouts, links, grounds, rowHeight, children }: Props) {
  return (
    <svg className={classes.paper} width={width} height={height} aria-hidden data-testid="gantt-paper">
      {grounds.map(({ top, kind }) => <rect key={kind + String(top)} className={classes.ground} data-kind={kind} x={0} y={top} width={width} height={rowHeight} />)}
      {blackouts.map(({ start, x, width: wide }) => <rect key={start} className={classes.blackout} x={x} y={0} width={wide} height={height} />)}
      <Lines marks={marks} lines={lines} height={height} />
      <Links links={links} />
      {children}
    </svg>
  )
}
