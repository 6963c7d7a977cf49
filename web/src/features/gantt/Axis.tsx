import { IconZzz } from '@tabler/icons-react'
import { memo } from 'react'
import { type Blackout, blackoutName, nameRooms } from '../../lib/blackouts'
import { dayClock, zoneName } from '../../lib/time'
import type { AxisMarks } from './axis'
import type { PlacedFlag } from './flags'
import classes from './axis.module.css'
import { laneHeight } from './heights'
import { barOf, type Scale } from './scale'

interface Props {
  marks: AxisMarks
  width: number
  /** The names of moments, in lanes of their own over days and hours. */
  flags: readonly PlacedFlag[]
  blackouts: readonly (Blackout & { x: number; width: number })[]
  zone: string
}

/** What of the blackouts lies on the axis, in pixels. */
export const blackoutsOn = (blackouts: readonly Blackout[], scale: Scale): (Blackout & { x: number; width: number })[] =>
  blackouts.filter(({ start, end }) => end > scale.start && start < scale.end).map((one) => ({ ...one, ...barOf(scale, Math.max(one.start, scale.start), Math.min(one.end, scale.end), 1) }))

/** The names of moments and blackouts above, then the days, the hours below, and the zone they are told in. */
export const Axis = memo(function Axis({ marks, width, flags, blackouts, zone }: Props) {
  const words = (one: Blackout) => `${blackoutName(one)}, ${dayClock(one.start, zone)} – ${dayClock(one.end, zone)}`
  const first = blackouts.length > 0 ? 1 : 0
  return (
    <div className={`${classes.axis} num`} style={{ width }} aria-hidden>
      {nameRooms(blackouts, words, width).map(({ one, beside, room }) => (
        <div key={one.start} className={classes.blackoutName} title={words(one)} style={{ left: one.x }} data-testid="gantt-blackout">
          <i style={{ width: one.width }}><IconZzz size={12} />{!beside && <b>{words(one)}</b>}</i>
          {beside && <b style={{ maxWidth: room }}>{words(one)}</b>}
        </div>
      ))}
      {flags.map(({ key, kind, x, left, width: wide, lane, before, text }) => (
        <span key={key} className={classes.flag} data-mark={kind} data-edge={before || undefined} title={text} style={{ ...(before ? { right: width - x } : { left }), maxWidth: wide, top: (lane + first) * laneHeight + 1 }}>{text}</span>
      ))}
      <div className={classes.scale}>
        {marks.days.filter(({ x }) => x < width - 70).map(({ at, x, text }, i) => <span key={at} className={classes.day} style={{ left: x, maxWidth: (marks.days[i + 1]?.x ?? width) - x - 4 }}>{text}</span>)}
        {marks.ticks.map(({ at, x, text }) => <span key={at} className={classes.tick} style={{ left: x }}>{text}</span>)}
        <span className={classes.nowFlag}>now</span>
      </div>
    </div>
  )
})

/** In the corner, over the heads: which zone the axis is in; two names where the clocks are set between. */
export function Corner({ scale, zone }: { scale: Scale; zone: string }) {
  const names = [...new Set([zoneName(zone, scale.start), zoneName(zone, scale.end)])]
  return <div className={`${classes.corner} num`} data-testid="axis-zone">{names.join(' / ')}<span className="dim"> {names.includes(zone) ? '' : `${zone}, `}24 h</span></div>
}
