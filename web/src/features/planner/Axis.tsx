import { memo } from 'react'
import { clockChanges, stepFor, ticksOf } from '../../lib/axis'
import { clock, day, zoneName } from '../../lib/time'
import classes from './planner.module.css'
import type { Axis } from './model'

const wholeDay = 86_400_000
/** Ticks at least so many pixels from each other. */
const tickRoom = 54

interface Label { at: number; text: string; kind: 'tick' | 'day' | 'change' }

function labelsOf(axis: Axis, width: number, zone: string): Label[] {
  const step = stepFor(((axis.end - axis.start) / width) * tickRoom)
  const days = ticksOf(axis.start, axis.end, Math.max(wholeDay, step), zone)
  const changes = clockChanges(axis.start, axis.end, zone)
  return [
    ...(step >= wholeDay ? [] : ticksOf(axis.start, axis.end, step, zone).map((at): Label => ({ at, text: clock(at, zone), kind: 'tick' }))),
    // The day that is under way at the left edge is named there, where there is room for it.
    ...[...(((days[0] ?? axis.end) - axis.start) / (axis.end - axis.start) * width < 80 ? [] : [axis.start]), ...days].map((at): Label => ({ at, text: day(at, zone), kind: 'day' })),
    ...changes.map(({ at }): Label => ({ at, text: `clocks change: ${zoneName(zone, at)}`, kind: 'change' })),
  ]
}

/** Days above, hours below, and where the clocks are set. */
export const AxisHead = memo(function AxisHead({ axis, width, zone }: { axis: Axis; width: number; zone: string }) {
  const x = (at: number) => ((at - axis.start) / (axis.end - axis.start)) * width
  const labels = labelsOf(axis, width, zone)
  const days = labels.filter(({ kind }) => kind === 'day')
  return (
    <div className={`${classes.axis} num`} style={{ width }} aria-hidden>
      {labels.map(({ at, text, kind }) => {
        const next = kind === 'day' ? days.find((one) => one.at > at) : undefined
        return <span key={kind + String(at)} data-kind={kind} style={{ left: x(at), maxWidth: kind === 'day' ? x(next?.at ?? axis.end) - x(at) - 4 : undefined }}>{text}</span>
      })}
    </div>
  )
})

/** The lines behind the rows. */
export const Grid = memo(function Grid({ axis, width, zone }: { axis: Axis; width: number; zone: string }) {
  const x = (at: number) => ((at - axis.start) / (axis.end - axis.start)) * width
  return (
    <>
      {labelsOf(axis, width, zone).filter(({ at }) => at > axis.start).map(({ at, kind }) => (
        <line key={kind + String(at)} className={classes.grid} data-kind={kind} x1={x(at)} x2={x(at)} y1="0" y2="100%" />
      ))}
    </>
  )
})
