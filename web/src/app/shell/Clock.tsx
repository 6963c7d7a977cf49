import { Tooltip } from '@mantine/core'
import { clockSeconds, day, zoneName } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './shell.module.css'

/** The server's time, in the zone that is chosen. */
export function Clock() {
  const now = useNow()
  const { zone } = useZone()
  return (
    <Tooltip label={`The server's clock, in ${zone}`}>
      <span className={`${classes.clock} num`} tabIndex={0} role="timer" aria-label="Time on the server">
        {clockSeconds(now, zone)}
        <small>{zoneName(zone, now)} · {day(now, zone)}</small>
      </span>
    </Tooltip>
  )
}
