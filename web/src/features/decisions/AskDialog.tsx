import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import { peopleQuery } from '../../api/queries'
import type { Iteration } from '../../api/types'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { NumberField } from '../../ui/NumberField'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { LoadingRows } from '../../ui/states'
import { useAskPoll } from './useDecisions'
import { sent, type Voter, VoterPicker } from './VoterPicker'
import { deadlineMinutes } from './words'
import classes from './decisions.module.css'

function usePoll() {
  const [question, setQuestion] = useState('')
  const [detail, setDetail] = useState('')
  const [voters, setVoters] = useState<Voter[]>([])
  /** Everybody who is asked, or as many as were typed; undefined = what is typed is no such number. */
  const [wanted, setWanted] = useState<number | null | undefined | 'all'>('all')
  const [deadline, setDeadline] = useState<number | null | undefined>(null)
  const quorum = wanted === 'all' ? voters.length : wanted
  const quorumIsRight = typeof quorum === 'number' && quorum <= voters.length
  const ready = question.trim() !== '' && deadline !== undefined && voters.length > 0 && quorumIsRight && voters.every(({ role }) => role.trim() !== '')
  return { question, setQuestion, detail, setDetail, voters, setVoters, quorum, setWanted, deadline, setDeadline, ready }
}

/** A go/no-go of named people: the question, its case, who is asked as what, how many answers close it, until when. */
export function AskDialog({ iteration, onClose }: { iteration: Iteration; onClose: () => void }) {
  const people = useQuery(peopleQuery(iteration.migrationId))
  const form = usePoll()
  const ask = useAskPoll(iteration.id, onClose)
  const send = () => {
    if (!form.ready || typeof form.quorum !== 'number') return
    ask.mutate({
      question: form.question.trim(), detail: form.detail.trim(), voters: sent(form.voters), quorum: form.quorum,
      deadline: form.deadline ? new Date(form.deadline).toISOString() : null,
    })
  }
  return (
    <Dialog onClose={onClose} title={`Ask for a decision in ${iteration.name}`} size="lg">
      <form onSubmit={(event) => { event.preventDefault(); send() }}>
        <Stack gap="sm">
          <TextInput
            label="Question" placeholder="Go live at 04:00?" maxLength={200} required data-autofocus value={form.question}
            onChange={(event) => form.setQuestion(event.currentTarget.value)}
          />
          <Textarea
            label="The case" description="What whoever decides has to know." autosize minRows={2} maxRows={8} maxLength={4000} value={form.detail}
            onChange={(event) => form.setDetail(event.currentTarget.value)}
          />
          {people.data && <VoterPicker people={people.data} voters={form.voters} onChange={form.setVoters} />}
          {people.isPending && <LoadingRows rows={2} label="Loading the people" />}
          {people.isError && !people.data && <ProblemNotice problem={asProblem(people.error)} />}
          <div className={classes.two}>
            <NumberField
              label="Answers that close it" rules={{ whole: true, min: 1 }} value={form.quorum} disabled={form.voters.length === 0} w={220}
              missing="How many answers?"
              error={typeof form.quorum === 'number' && form.quorum > form.voters.length ? `Only ${String(form.voters.length)} are asked` : null} onChange={form.setWanted}
            />
            <ByWhen label="Deadline (optional)" value={form.deadline ?? null} minutes={deadlineMinutes} onChange={form.setDeadline} />
          </div>
          <Text size="xs" c="dimmed">The majority of the first {form.quorum === 0 ? 'n' : (form.quorum ?? 'n')} answers decides; a tie is no-go. Each is told with a personal link that answers once, without signing in.</Text>
          {ask.isError && <ProblemNotice problem={asProblem(ask.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Leave it</Button>
            <Button type="submit" disabled={!form.ready} loading={ask.isPending}>
              {form.voters.length === 0 ? 'Ask' : `Ask ${String(form.voters.length)} ${form.voters.length === 1 ? 'person' : 'people'}`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
