import { IconPlayerPauseFilled } from '@tabler/icons-react'
import type { Iteration } from '../../api/types'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './header.module.css'

/** While a run is held: since when, by whom and why, and what that means. */
export function HoldBanner({ iteration }: { iteration: Iteration }) {
  const { zone } = useZone()
  const now = useNow(60_000)
  if (iteration.state !== 'on_hold') return null
  const since = millis(iteration.stateSince)
  return (
    <div className={classes.hold} role="status" data-testid="hold-banner">
      <IconPlayerPauseFilled size={16} aria-hidden />
      <span>
        <b>
          On hold{since === null ? '' : ` since ${near(since, now, zone)}`} by {iteration.stateBy}
          {iteration.stateReason === null ? '.' : `: ${iteration.stateReason}`}
        </b>{' '}
        Running work goes on; nothing new is activated or started.
      </span>
    </div>
  )
}
