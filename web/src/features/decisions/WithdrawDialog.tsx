import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Decision } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useKeepDecision } from './useDecisions'

/** The question is not asked any more: a reason, and what it does to whoever was asked. */
export function WithdrawDialog({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const withdraw = useKeepDecision(decision, onClose)
  return (
    <Dialog onClose={onClose} title={`Withdraw “${decision.question}”`}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim() !== '') withdraw.mutate({ act: 'withdraw', reason: reason.trim() }) }}>
        <Stack gap="sm">
          <Text size="sm">Nobody can answer it any more, and personal links to it say so. Answers that were given are kept.</Text>
          <Textarea
            label="Reason" autosize minRows={2} maxRows={8} maxLength={2000} required data-autofocus value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {withdraw.isError && <ProblemNotice problem={asProblem(withdraw.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Leave it</Button>
            <Button type="submit" color="red" disabled={reason.trim() === ''} loading={withdraw.isPending}>Withdraw</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
