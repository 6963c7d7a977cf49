import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Insight } from '../../api/rehearsals'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useDeclineInsight } from './useInsights'

interface Props {
  of: { planId: string; migrationId: string }
  insight: Insight
  onClose: () => void
}

/** Says why the plan stays as it is: whoever looks at the next rehearsal will ask. */
export function DeclineInsight({ of, insight, onClose }: Props) {
  const [reason, setReason] = useState('')
  const decline = useDeclineInsight(of, insight, onClose)
  const ready = reason.trim() !== ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !decline.isPending) decline.mutate(reason.trim())
  }
  return (
    <Dialog onClose={onClose} title={`Leave ${insight.stepCode} as it is`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" className="dim">{insight.sentence}</Text>
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
