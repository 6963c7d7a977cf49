import { Button, Chip, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { WorkItem } from '../../api/types'
import { serverNow } from '../../lib/serverTime'
import { Dialog } from '../../ui/Dialog'

export interface Problem {
  action: 'block' | 'fail'
  reason: string
  /** When it should go on, where that is known. */
  expectedAt?: string
}

const minutes: readonly { value: string; label: string }[] = [
  { value: '', label: 'Not known' },
  { value: '15', label: '15 min' },
  { value: '30', label: '30 min' },
  { value: '60', label: '1 h' },
  { value: '120', label: '2 h' },
]

const effects: Record<Problem['action'], string> = {
  block: 'The step is blocked: it waits until you or the pilot say that it goes on. The pilot sees your words at once.',
  fail: 'The step has failed, and what waits for it goes on waiting. The pilot sees your words and decides whether it is tried again.',
}

/** What is wrong, in the words of who sees it, and whether it can go on later: the pilot reads it at once. */
export function ProblemDialog({ item, onReport, onClose }: { item: WorkItem; onReport: (problem: Problem) => void; onClose: () => void }) {
  const can = (['block', 'fail'] as const).filter((action) => item.step.allowedActions.includes(action))
  const [action, setAction] = useState<Problem['action']>(can[0] ?? 'fail')
  const [reason, setReason] = useState('')
  const [back, setBack] = useState('')
  const missing = reason.trim() === ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (missing) return
    const expected = action === 'block' && back !== '' ? { expectedAt: new Date(serverNow() + Number(back) * 60_000).toISOString() } : {}
    onReport({ action, reason: reason.trim(), ...expected })
  }
  return (
    <Dialog onClose={onClose} title={`Problem with ${item.step.code}`}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {can.length > 1 && (
            <Radio.Group label="What is it?" value={action} onChange={(value) => setAction(value === 'fail' ? 'fail' : 'block')}>
              <Stack gap="sm" mt={6}>
                <Radio size="md" value="block" label="Blocked: I can go on once something is solved" />
                <Radio size="md" value="fail" label="Failed: it did not work" />
              </Stack>
            </Radio.Group>
          )}
          <Text size="sm">{effects[action]}</Text>
          <Textarea
            data-autofocus label="What is wrong?" size="md" autosize minRows={3} maxRows={8} maxLength={2000} required
            value={reason} onChange={(event) => setReason(event.currentTarget.value)}
          />
          {action === 'block' && (
            <div role="group" aria-label="When should it go on?">
              <Text size="sm" fw={500} mb={6}>When should it go on?</Text>
              <Chip.Group value={back} onChange={(value) => setBack(value)}>
                <Group gap={6}>{minutes.map(({ value, label }) => <Chip key={value} value={value} size="md">{label}</Chip>)}</Group>
              </Chip.Group>
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="md" variant="default" onClick={onClose}>Back</Button>
            <Button size="md" color="red" type="submit" disabled={missing}>Report the problem</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
