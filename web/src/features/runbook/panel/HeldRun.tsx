import type { Board, StepRow } from '../../../api/types'
import { millis, near } from '../../../lib/time'
import { useNow } from '../../../ui/useNow'
import { useZone } from '../../../ui/zone'
import classes from './panel.module.css'

/** A ready step of a run on hold lacks its first buttons: why, and who can change that. */
export function HeldRun({ board, row }: { board: Board; row: StepRow }) {
  const { iteration } = board
  const now = useNow(60_000)
  const { zone } = useZone()
  const waiting = row.inScope && !row.dormant && row.behaviour !== 'gate' && (row.state === 'ready' || row.state === 'activated')
  if (iteration.state !== 'on_hold' || !waiting || row.relation === 'none') return null
  const since = millis(iteration.stateSince)
  return (
    <div className={classes.waits} data-testid="held">
      <b>{row.state === 'ready' ? 'Activate and Start are off' : 'Start is off'}</b>
      <span>
        {iteration.name} is on hold{since === null ? '' : ` since ${near(since, now, zone)}`} by {iteration.stateBy}
        {iteration.stateReason === null ? '' : ` (${iteration.stateReason})`}: nothing is activated or started until a pilot resumes it.
      </span>
    </div>
  )
}
