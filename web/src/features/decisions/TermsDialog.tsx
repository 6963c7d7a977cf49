import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import { peopleQuery } from '../../api/queries'
import type { Decision } from '../../api/types'
import { millis } from '../../lib/time'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { NumberField } from '../../ui/NumberField'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useSetTerms } from './useDecisions'
import { WhyOff } from '../../ui/WhyOff'
import { sent, type Voter, VoterPicker } from './VoterPicker'
import { deadlineMinutes } from './words'

/** Who decides a gate: named approvers or all of them, how many answers close it, until when. */
export function TermsDialog({ decision, migrationId, onClose }: { decision: Decision; migrationId: string; onClose: () => void }) {
  const people = useQuery(peopleQuery(migrationId))
  const approvers = (people.data ?? []).filter(({ roles }) => roles.includes('approver'))
  const [voters, setVoters] = useState<Voter[]>(decision.named ? decision.asked.map(({ userId, name, role }) => ({ userId, name, role })) : [])
  const [quorum, setQuorum] = useState<number | null | undefined>(decision.quorum)
  const [deadline, setDeadline] = useState<number | null | undefined>(millis(decision.deadline))
  const terms = useSetTerms(decision, onClose)
  const rules = { whole: true, min: decision.answers.length + 1, max: Math.max(voters.length || approvers.length, 1) }
  // Fewer people may answer than when the figure was typed.
  const tooMany = typeof quorum === 'number' && people.data !== undefined && quorum > rules.max
  const ready = typeof quorum === 'number' && !tooMany && deadline !== undefined
  const send = () => {
    if (ready) terms.mutate({ voters: sent(voters), quorum, deadline: deadline ? new Date(deadline).toISOString() : null })
  }
  return (
    <Dialog onClose={onClose} title={`Who decides “${decision.question}”`}>
      <form onSubmit={(event) => { event.preventDefault(); send() }}>
        <Stack gap="sm">
          <VoterPicker people={approvers} voters={voters} onChange={setVoters} />
          {voters.length === 0 && <Text size="sm">With nobody named, every approver may answer: {approvers.map(({ name }) => name).join(', ') || 'there is none'}.</Text>}
          <NumberField label="Answers that close it" rules={rules} value={quorum} w={220} missing="How many answers?" error={tooMany ? `Only ${String(rules.max)} may answer` : null} onChange={setQuorum} />
          <ByWhen label="Deadline (optional)" value={deadline ?? null} minutes={deadlineMinutes} onChange={setDeadline} />
          {terms.isError && <ProblemNotice problem={asProblem(terms.error)} />}
          <Group justify="flex-end" gap={8}>
            {!ready && <WhyOff>{deadline === undefined ? 'The deadline is no time of day yet.' : 'How many answers close it is not right yet.'}</WhyOff>}
            <Button variant="default" onClick={onClose}>Leave it</Button>
            <Button type="submit" disabled={!ready} loading={terms.isPending}>Set</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
