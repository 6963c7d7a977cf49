import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type ComponentProps, type SubmitEvent, useState } from 'react'
import { Dialog } from './Dialog'
import { ProblemNotice } from './ProblemNotice'

interface Props {
  title: string
  /** What is declined, in its own words. */
  told: string
  problem: ComponentProps<typeof ProblemNotice>['problem'] | null
  pending: boolean
  onDecline: (reason: string) => void
  onClose: () => void
}

/** Declines something, with the reason that is owed for it. */
export function DeclineForm({ title, told, problem, pending, onDecline, onClose }: Props) {
  const [reason, setReason] = useState('')
  const ready = reason.trim() !== ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !pending) onDecline(reason.trim())
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" className="dim">{told}</Text>
          <Textarea size="sm" label="Reason" required autosize minRows={2} maxLength={2000} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
          {problem && <ProblemNotice problem={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={pending}>Decline</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
