import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Insight, InsightAccepted } from '../../api/rehearsals'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useAcceptInsight } from './useInsights'

interface Props {
  of: { planId: string; migrationId: string }
  insight: Insight
  onClose: () => void
  onDone: (accepted: InsightAccepted) => void
}

/** Names the step that was missing: what it is, the reasons do not say. */
export function AcceptStep({ of, insight, onClose, onDone }: Props) {
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const accept = useAcceptInsight(of, insight, (accepted) => {
    onDone(accepted)
    onClose()
  })
  const ready = name.trim() !== ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !accept.isPending) accept.mutate({ name: name.trim(), ...(code.trim() === '' ? {} : { code: code.trim() }) })
  }
  return (
    <Dialog onClose={onClose} title={`A step before ${insight.stepCode}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            It is added to the draft, done by the same team, after what {insight.stepCode} waits for. Give it its duration and
            its instructions there.
          </Text>
          <TextInput size="sm" label="What is done in it" required maxLength={300} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput size="sm" label="Code" description={`Left empty: ${insight.stepCode} with the next free letter`} maxLength={60} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
          {accept.error && <ProblemNotice problem={asProblem(accept.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={accept.isPending}>Add it to the draft</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
