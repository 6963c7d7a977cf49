import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import { peopleQuery } from '../../api/queries'
import type { Decision } from '../../api/types'
import { millis } from '../../lib/time'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useSetTerms } from './useDecisions'
import { sent, type Voter, VoterPicker } from './VoterPicker'
import { deadlineMinutes } from './words'

/** Who decides a gate: named approvers or all of them, how many answers close it, until when. */
export function TermsDialog({ decision, migrationId, onClose }: { decision: Decision; migrationId: string; onClose: () => void }) {
  const people = useQuery(peopleQuery(migrationId))
  const approvers = (people.data ?? []).filter(({ roles }) => roles.includes('approver'))
  const [voters, setVoters] = useState<Voter[]>(decision.named ? decision.asked.map(({ userId, name, role }) => ({ userId, name, role })) : [])
  const [quorum, setQuorum] = useState(decision.quorum)
  const [deadline, setDeadline] = useState<number | null | undefined>(millis(decision.deadline))
  const terms = useSetTerms(decision, onClose)
  const send = () =>
    terms.mutate({ voters: sent(voters), quorum, deadline: deadline ? new Date(deadline).toISOString() : null })
  return (
    <Dialog onClose={onClose} title={`Who decides “${decision.question}”`}>
      <form onSubmit={(event) => { event.preventDefault(); send() }}>
        <Stack gap="sm">
          <VoterPicker people={approvers} voters={voters} onChange={setVoters} />
          {voters.length === 0 && <Text size="sm">With nobody named, every approver may answer: {approvers.map(({ name }) => name).join(', ') || 'there is none'}.</Text>}
          <NumberInput
            label="Answers that close it" min={decision.answers.length + 1} max={Math.max(voters.length || approvers.length, 1)} value={quorum} maw={220}
            onChange={(value) => { if (typeof value === 'number') setQuorum(value) }}
          />
          <ByWhen label="Deadline (optional)" value={deadline ?? null} minutes={deadlineMinutes} onChange={setDeadline} />
          {terms.isError && <ProblemNotice problem={asProblem(terms.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Leave it</Button>
            <Button type="submit" disabled={deadline === undefined} loading={terms.isPending}>Set</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
