import { IconPlayerPauseFilled, IconPlayerTrackPrev } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Iteration } from '../../api/types'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './header.module.css'

interface Said { word: string; meaning: string; icon: ComponentType<{ size: number; 'aria-hidden': boolean }> }

const said: Partial<Record<Iteration['state'], Said>> = {
  on_hold: { word: 'On hold', meaning: 'Running work goes on; nothing new is activated or started.', icon: IconPlayerPauseFilled },
  backing_out: { word: 'Backing out', meaning: 'What had not started is cancelled; running work goes on, and the rollback steps lead back.', icon: IconPlayerTrackPrev },
}

/** While a run is held or turned back: since when, by whom and why, and what that means. */
export function HoldBanner({ iteration }: { iteration: Iteration }) {
  const { zone } = useZone()
  const now = useNow(60_000)
  const here = said[iteration.state]
  if (here === undefined) return null
  const since = millis(iteration.stateSince)
  return (
    <div className={classes.hold} role="status" data-testid="hold-banner" data-state={iteration.state}>
      <here.icon size={16} aria-hidden />
      <span>
        <b>
          {here.word}{since === null ? '' : ` since ${near(since, now, zone)}`} by {iteration.stateBy}
          {iteration.stateReason === null ? '.' : `: ${iteration.stateReason}`}
        </b>{' '}
        {here.meaning}
      </span>
    </div>
  )
}
