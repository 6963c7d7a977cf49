import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { WorkItem } from '../../api/types'

/** What is wrong, in the words of who sees it: it stops the step, and the pilot reads it at once. */
export function ProblemDialog({ item, onReport, onClose }: { item: WorkItem; onReport: (reason: string) => void; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const missing = reason.trim() === ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!missing) onReport(reason.trim())
  }
  return (
    <Modal opened onClose={onClose} title={`Problem with ${item.step.code}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            The step is marked as failed and what waits for it goes on waiting. The pilot sees your words and
            decides whether it is tried again.
          </Text>
          <Textarea
            data-autofocus label="What is wrong?" size="md" autosize minRows={3} maxRows={8} maxLength={2000} required
            value={reason} onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button size="md" variant="default" onClick={onClose}>Back</Button>
            <Button size="md" color="red" type="submit" disabled={missing}>Report the problem</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
