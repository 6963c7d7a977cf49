import type { Iteration } from '../../api/types'
import { clock, dayClock, millis, weekClock, zoneName } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { bar, overDays, place, type Scale } from './scale'
import classes from './header.module.css'

const dayMs = 86_400_000
const edge = (at: number): 'left' | 'right' | undefined => (at < 6 ? 'left' : at > 94 ? 'right' : undefined)

function Mark({ at, row, kind, children }: { at: number; row: 'above' | 'below'; kind?: 'now'; children: React.ReactNode }) {
  return <span className={`${classes.mark} ${classes[row]}`} data-edge={edge(at)} data-mark={kind} style={{ left: `${at}%` }}>{children}</span>
}

/** The change window: planned from and to, what is gone of it, the reserve behind the planned finish, now. */
export function WindowBar({ iteration, scale }: { iteration: Iteration; scale: Scale }) {
  const now = useNow(10_000)
  const { zone } = useZone()
  const [plannedStart, plannedEnd] = [millis(iteration.plannedStart), millis(iteration.plannedEnd)]
  const [startedAt, endedAt] = [millis(iteration.startedAt), millis(iteration.endedAt)]
  const windowEnd = millis(iteration.windowEnd)
  // Further off than a week's day can name, the date is said too.
  const show = (at: number) => (Math.abs(at - now) > 6 * dayMs ? dayClock(at, zone) : overDays(scale) ? weekClock(at, zone) : clock(at, zone))
  if (plannedStart === null) return <span />
  const planned = bar(scale, plannedStart, plannedEnd)
  const reserve = bar(scale, plannedEnd, windowEnd)
  const past = bar(scale, startedAt, endedAt ?? (startedAt === null ? null : now))
  const nowAt = now >= scale.start && now <= scale.end && endedAt === null ? place(scale, now) : null
  const endAt = plannedEnd === null ? null : place(scale, plannedEnd)
  const words = [
    `Planned from ${show(plannedStart)}`,
    plannedEnd === null ? '' : ` to ${show(plannedEnd)}`,
    windowEnd === null ? '' : `, window open until ${show(windowEnd)}`,
    endedAt === null ? '' : `, finished at ${show(endedAt)}`,
    ` (${zoneName(zone, plannedStart)})`,
  ].join('')
  return (
    <div className={`${classes.window} num`} role="img" aria-label={words} title={words}>
      <span className={classes.track}>
        {planned && <span className={classes.planned} style={{ left: `${planned.left}%`, width: `${planned.width}%` }} />}
        {reserve && <span className={classes.reserve} style={{ left: `${reserve.left}%`, width: `${reserve.width}%` }} />}
        {past && <span className={classes.past} style={{ left: `${past.left}%`, width: `${past.width}%` }} />}
      </span>
      {nowAt !== null && <span className={classes.now} style={{ left: `${nowAt}%` }} />}
      {nowAt !== null && (endAt === null || Math.abs(nowAt - endAt) > 14) && <Mark at={nowAt} row="above" kind="now">now {show(now)}</Mark>}
      <Mark at={place(scale, plannedStart)} row="below">{show(plannedStart)} {zoneName(zone, plannedStart)}</Mark>
      {endAt !== null && plannedEnd !== null && endedAt === null && (
        <Mark at={endAt > 72 ? 100 : endAt} row="above">
          planned finish {show(plannedEnd)}
        </Mark>
      )}
      {endedAt !== null && <Mark at={place(scale, endedAt)} row="above">finished {show(endedAt)}</Mark>}
      {windowEnd !== null && <Mark at={place(scale, windowEnd)} row="below">window ends {show(windowEnd)}</Mark>}
    </div>
  )
}
