import { Button, Group, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useOpenRollCall } from './useRollCall'

/** Asks every team at work whether it is here. */
export function OpenDialog({ iterationId, onClose }: { iterationId: string; onClose: () => void }) {
  const [due, setDue] = useState<number | null | undefined>(null)
  const open = useOpenRollCall(iterationId, onClose)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (due !== undefined && !open.isPending) open.mutate(due === null ? null : new Date(due).toISOString())
  }
  return (
    <Dialog onClose={onClose} title="Call the roll">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">Every team that owns a step or a task is told, and asked whether it is here. Nothing else changes.</Text>
          <ByWhen label="Answer by (optional)" value={due ?? null} onChange={setDue} />
          {open.error && <ProblemNotice problem={asProblem(open.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={due === undefined} loading={open.isPending}>Call the roll</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
