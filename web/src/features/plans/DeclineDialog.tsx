import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Proposal } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useDecline } from './useProposals'

/** Declines a proposal; whoever made it is owed the reason. */
export function DeclineDialog({ planId, proposal, onClose }: { planId: string; proposal: Proposal; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const decline = useDecline(planId, proposal, onClose)
  const ready = reason.trim() !== ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !decline.isPending) decline.mutate(reason.trim())
  }
  return (
    <Dialog onClose={onClose} title={`Decline what ${proposal.by} proposed after ${proposal.stepCode}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" className="dim">{proposal.lesson}</Text>
          <Textarea size="sm" label="Reason" required autosize minRows={2} maxLength={2000} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {decline.error && <ProblemNotice problem={asProblem(decline.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={decline.isPending}>Decline</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
