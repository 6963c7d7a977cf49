import { IconCloudOff } from '@tabler/icons-react'
import { useLiveStatus } from '../../api/live/context'
import { clock } from '../../lib/time'
import { useZone } from '../../ui/zone'
import classes from './shell.module.css'

/** Says calmly that the line is down, as of when the screen is, and that nothing is to be done about it. */
export function OfflineBanner() {
  const { mode, since, lastHeardAt } = useLiveStatus()
  const { zone } = useZone()
  if (mode !== 'offline') return null
  const asOf = lastHeardAt ?? since
  return (
    <div className={classes.banner} role="status" data-testid="offline-banner">
      <IconCloudOff size={18} aria-hidden />
      <span>
        <b>You are offline since {clock(asOf, zone)}.</b> What you see is as of then; nothing the server
        confirmed is lost. Actions are off until it answers again, and the page then catches up by itself.
      </span>
    </div>
  )
}
