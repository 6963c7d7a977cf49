import { IconZzz } from '@tabler/icons-react'
import { memo } from 'react'
import { type Blackout, blackoutName, nameRooms } from '../../lib/blackouts'
import { type Axis } from './model'
import classes from './planner.module.css'
import { told } from './words'

interface Props { blackouts: readonly Blackout[]; axis: Axis; width: number }

const placed = ({ start, end }: Blackout, { axis, width }: Props) => {
  const x = (at: number) => ((Math.min(Math.max(at, axis.start), axis.end) - axis.start) / (axis.end - axis.start)) * width
  return { x: x(start), width: Math.max(0, x(end) - x(start)) }
}

/** The spans in which nobody works, behind the bars. */
export const BlackoutGround = memo(function BlackoutGround(props: Props) {
  return props.blackouts.map((one) => {
    const { x, width } = placed(one, props)
    return width === 0 ? null : <rect key={one.start} className={classes.blackout} data-blackout x={x} width={width} y={0} height="100%" />
  })
})

/** A row of their own, with what they are called: over the bars a name would be read as a bar's. */
export const BlackoutRow = memo(function BlackoutRow({ zone, ...props }: Props & { zone: string }) {
  if (props.blackouts.length === 0) return null
  const words = (one: Blackout) => `${blackoutName(one)}, ${told(one, zone, true)}`
  const spans = props.blackouts.map((one) => ({ ...one, ...placed(one, props) })).filter(({ width }) => width > 0)
  return (
    <section className={classes.phase} aria-label="Blackouts">
      <div className={classes.phaseRow}>
        <h2><IconZzz size={14} aria-hidden /> Blackouts: nobody works</h2>
        <div className={classes.blackouts} style={{ width: props.width }} data-testid="planner-blackouts">
          {nameRooms(spans, words, props.width).map(({ one, beside, room }) => (
            <div key={one.start} title={words(one)} style={{ left: one.x }}>
              <i style={{ width: one.width }}><IconZzz size={12} aria-hidden />{!beside && <span>{words(one)}</span>}</i>
              {beside && <span style={{ maxWidth: room }}>{words(one)}</span>}
            </div>
          ))}
        </div>
      </div>
    </section>
  )
})
