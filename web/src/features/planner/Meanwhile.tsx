import { Button } from '@mantine/core'
import { useState } from 'react'
import type { IterationSchedule } from '../../api/schedule'
import { dayClock } from '../../lib/time'
import { Notice } from '../../ui/states'

/** A schedule as it was when a question was asked about it: what is pressed names that one, until the newer was looked at. */
export function useLookedAt(schedule: IterationSchedule) {
  const [seen, setSeen] = useState(schedule)
  return { seen, stale: seen.version !== schedule.version, look: () => setSeen(schedule) }
}

/** Somebody changed it while a question about it was open. */
export function Meanwhile({ schedule, zone, onLook }: { schedule: IterationSchedule; zone: string; onLook: () => void }) {
  const [last] = schedule.lastChanges.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  return (
    <Notice title="It changed while this was open">
      {last ? `The schedule was changed last by ${last.by}, at ${dayClock(Date.parse(last.at), zone)}. ` : ''}Nothing was done yet.{' '}
      <Button size="compact-sm" variant="default" onClick={onLook}>Go on with it as it is now</Button>
    </Notice>
  )
}
