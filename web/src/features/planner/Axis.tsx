import { memo } from 'react'
import { clockChanges, stepFor, ticksOf } from '../../lib/axis'
import { clock, day, zoneName } from '../../lib/time'
import classes from './planner.module.css'
import type { Axis } from './model'

const wholeDay = 86_400_000
/** Ticks at least so many pixels from each other. */
const tickRoom = 54
/** As much as `Wed 28 Jan` takes. */
const dayRoom = 78
/** Less than this at the right edge says no day. */
const leastDay = 66
/** Half of what a change of the clocks takes. */
const changeRoom = 70

interface Label { at: number; text: string; kind: 'tick' | 'day' | 'change' }

function labelsOf(axis: Axis, width: number, zone: string): Label[] {
  const step = stepFor(((axis.end - axis.start) / width) * tickRoom)
  const days = ticksOf(axis.start, axis.end, Math.max(wholeDay, stepFor(((axis.end - axis.start) / width) * dayRoom)), zone)
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
        const room = x(next?.at ?? axis.end) - x(at) - 4
        if (kind === 'day' && room < leastDay) return null
        return (
          <span key={kind + String(at)} data-kind={kind} data-edge={kind !== 'change' ? undefined : x(at) > width - changeRoom ? 'right' : x(at) < changeRoom ? 'left' : undefined} style={{ left: x(at), maxWidth: kind === 'day' ? room : undefined }}>
            {text}
          </span>
        )
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
