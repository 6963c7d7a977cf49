import { changeWords, clock, weekClock, zoneNames } from '../../lib/time'
import { useZone } from '../../ui/zone'
import { overDays, place, type Scale, ticks } from './scale'
import classes from './runsheet.module.css'

/** The names of the columns; over the bars, the time, with its zone. */
export function RunsheetHead({ scale }: { scale: Scale }) {
  const { zone } = useZone()
  const zones = zoneNames(zone, scale.start, scale.end)
  return (
    <div className={classes.head} aria-hidden>
      <span className={classes.code}>Code</span>
      <span className={classes.name}>Step</span>
      <span className={classes.team}>Team</span>
      <span className={classes.state}>State</span>
      <span className={classes.note}>Waits for</span>
      <span className={classes.planned}>Planned</span>
      <span className={classes.actual}>Actual</span>
      <span className={classes.delay}>Delay</span>
      <span className={`${classes.bars} ${classes.axis} num`} title={[zones, ...changeWords(zone, scale.start, scale.end)].join('\n')}>
        <span className={classes.zone}>{zones}</span>
        {ticks(scale, overDays(scale) ? 3 : 4)
          .filter((at) => place(scale, at) > (zones.includes(' ') ? 60 : 24) && place(scale, at) < 90)
          .map((at) => <span key={at} style={{ left: `${place(scale, at)}%` }}>{overDays(scale) ? weekClock(at, zone) : clock(at, zone)}</span>)}
      </span>
      <span className={classes.tasks}>Tasks</span>
    </div>
  )
}
