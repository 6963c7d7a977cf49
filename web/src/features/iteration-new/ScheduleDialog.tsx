import { Button, Group, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Iteration } from '../../api/types'
import { millis } from '../../lib/time'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNow } from '../../ui/useNow'
import { useSchedule } from './useMakeIteration'
import { momentOf, type WallTime, wallTimeOf } from '../../lib/zoned'
import { ZonedTimeField } from '../../ui/ZonedTimeField'

/** Schedules an iteration: names what that does, and takes the start. */
export function ScheduleDialog({ iteration, zone, onClose }: { iteration: Iteration; zone: string; onClose: () => void }) {
  const now = useNow(60_000)
  const [start, setStart] = useState<WallTime>(() => wallTimeOf(millis(iteration.plannedStart) ?? now, zone))
  const schedule = useSchedule(iteration, onClose)
  const { at } = momentOf(start, zone)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    // Seconds are not asked for: an unchanged start stays the moment it was.
    const planned = millis(iteration.plannedStart)
    const kept = planned !== null && Math.floor(planned / 60_000) * 60_000 === at ? planned : at
    if (kept !== null && !schedule.isPending) schedule.mutate(new Date(kept).toISOString())
  }
  return (
    <Dialog onClose={onClose} title={`Schedule ${iteration.name}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            Its planned times become the baseline that delays are measured against. Nobody is mailed; nothing starts
            by itself.
          </Text>
          <ZonedTimeField label="Start" value={start} zone={zone} required onChange={setStart} />
          {schedule.error && <ProblemNotice problem={asProblem(schedule.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={at === null} loading={schedule.isPending}>Schedule {iteration.name}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
