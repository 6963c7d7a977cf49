import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Comms, RollCallNow } from '../../api/types'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useOpenRollCall } from './useRollCall'

/** Before the start nothing is chosen yet: whom this roll-call alone tells. */
function WhoIsTold({ comms, onChange }: { comms: Comms | null; onChange: (comms: Comms) => void }) {
  return (
    <Radio.Group label="Messages of this roll-call" value={comms} onChange={onChange} required>
      <Stack gap={6} mt={6}>
        <Radio value="on" label="On: the teams are mailed" />
        <Radio value="test" label="Test: mails go to you alone (or the test address)" />
        <Radio value="off" label="Off: no mails; the teams see it in Tminus" />
      </Stack>
    </Radio.Group>
  )
}

/** Asks every team at work whether it is here, and says before whom its messages reach. */
export function OpenDialog({ iterationId, now, onClose }: { iterationId: string; now: RollCallNow; onClose: () => void }) {
  const [due, setDue] = useState<number | null | undefined>(null)
  // A rehearsal is quiet unless one chooses otherwise; a cutover's choice is nobody's default.
  const [chosen, setChosen] = useState<Comms | null>(now.commsRequired ? null : 'off')
  const open = useOpenRollCall(iterationId, onClose)
  const ready = due !== undefined && (!now.asksComms || chosen !== null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!ready || open.isPending) return
    open.mutate({ dueAt: due === null ? null : new Date(due).toISOString(), comms: now.asksComms ? chosen : null })
  }
  return (
    <Dialog onClose={onClose} title="Call the roll">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">Every team that owns a step or a task is asked whether it is here. Nothing else changes.</Text>
          <Text size="sm" fw={600}>{now.messages}</Text>
          {now.asksComms && <WhoIsTold comms={chosen} onChange={setChosen} />}
          <ByWhen label="Answer by (optional)" value={due ?? null} onChange={setDue} />
          {open.error && <ProblemNotice problem={asProblem(open.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={open.isPending}>Call the roll</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
