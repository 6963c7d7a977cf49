import { Button, Group, Text, Textarea } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useWhyOffline } from '../../../api/live/context'
import type { Answer, Decision, StepRow } from '../../../api/types'
import { dayClock, millis } from '../../../lib/time'
import { useZone } from '../../../ui/zone'
import { askDecision, useDecisionAsked, usePending } from '../pending'
import { waitsWords } from '../signatures'
import { useAnswer } from '../useStepAction'
import classes from './panel.module.css'

type Words = Record<Answer, string>
const answerWord: Words = { go: 'Go', no_go: 'No-go' }
const signWord: Words = { go: 'Sign', no_go: 'Decline' }

function Answers({ decision }: { decision: Decision }) {
  const { zone } = useZone()
  return decision.answers.map((given) => (
    <Text size="sm" key={`${given.user}${given.at}`}>
      <b style={{ color: given.answer === 'go' ? 'var(--t-green)' : 'var(--t-red)' }}>{answerWord[given.answer]}</b>{' '}
      {given.user}{given.role === null ? '' : ` (${given.role})`}{given.dissent && <b className="dim"> · dissent</b>} ·{' '}
      <span className="num dim">{dayClock(millis(given.at) ?? 0, zone)}</span><br />{given.reason}
    </Text>
  ))
}

function AnswerForm({ iterationId, row, decision, words = answerWord, field }: {
  iterationId: string
  row: StepRow
  decision: Decision
  words?: Words
  field?: RefObject<HTMLTextAreaElement | null>
}) {
  const [reason, setReason] = useState('')
  const answer = useAnswer(iterationId, row)
  const offline = useWhyOffline()
  const pending = usePending(row) !== undefined
  const off = pending || offline !== null || reason.trim() === ''
  return (
    <>
      <Textarea
        {...(field ? { ref: field } : {})} label="Reason" description="Needed for either answer; it is kept with it." autosize minRows={2} maxLength={2000}
        value={reason} onChange={(event) => setReason(event.currentTarget.value)} required data-testid="decision-reason"
      />
      <Group gap={6}>
        {decision.allowedAnswers.map((choice) => (
          <Button
            key={choice} size="sm" color={choice === 'go' ? 'teal' : 'red'} disabled={off} data-answer={choice}
            onClick={() => answer.mutate({ decisionId: decision.id, answer: choice, reason: reason.trim() })}
          >
            {pending && answer.variables?.answer === choice ? 'Answering…' : words[choice]}
          </Button>
        ))}
      </Group>
      {offline !== null && <Text size="xs" c="dimmed">{offline}</Text>}
    </>
  )
}

function Waiting({ row, decision }: { row: StepRow; decision: Decision }) {
  const { zone } = useZone()
  const deadline = millis(decision.deadline)
  const missing = decision.asked.filter(({ answered }) => !answered).map(({ name }) => name)
  if (decision.status === 'ended' || decision.status === 'set_aside') return <Text size="sm">{decision.sentence}</Text>
  if (row.state !== 'ready') return <Text size="sm" c="dimmed">It is asked when the step is ready; an approver answers it.</Text>
  return (
    <Text size="sm" c="dimmed">
      {decision.quorum > 1 && `${decision.answers.length} of ${decision.quorum} answers are in. `}
      {missing.length > 0 ? `Waits for ${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ` or ${missing.length - 4} more` : ''}.` : 'Waits for an approver’s decision.'}
      {deadline !== null && <span className="num"> Until {dayClock(deadline, zone)}.</span>}
    </Text>
  )
}

/** A gate's decision: the question, what was answered and why, and for who may: Go or No-go with a reason. */
export function DecisionBox({ iterationId, row, decision }: { iterationId: string; row: StepRow; decision: Decision }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const open = decision.allowedAnswers.length > 0
  const asked = useDecisionAsked(row.id)
  useEffect(() => {
    if (!asked || !open) return
    field.current?.focus()
    askDecision(null)
  }, [asked, open])
  return (
    <div className={classes.box} role="group" aria-label="Decision">
      <Text size="xs" c="dimmed" fw={600}>Decision</Text>
      <Text fw={600}>{decision.question}</Text>
      {decision.outcome !== null && (
        <Text size="sm">Closed with <b>{answerWord[decision.outcome]}</b>.</Text>
      )}
      <Answers decision={decision} />
      {decision.outcome === null && <Waiting row={row} decision={decision} />}
      {open && <AnswerForm iterationId={iterationId} row={row} decision={decision} field={field} />}
    </div>
  )
}

/** What somebody wants done to a step that takes two: who asked, when and why; for who may: Sign or Decline. */
export function SignatureBoxes({ iterationId, row, signatures }: { iterationId: string; row: StepRow; signatures: readonly Decision[] }) {
  const { zone } = useZone()
  return signatures.map((wanted) => (
    <div key={wanted.id} className={classes.box} role="group" aria-label={wanted.question} data-signature={wanted.id}>
      <Text size="xs" c="dimmed" fw={600}>Second signature</Text>
      <Text fw={600}>{wanted.question}</Text>
      <Text size="sm">
        Asked by {wanted.askedBy} <span className="num dim">{dayClock(millis(wanted.askedAt) ?? 0, zone)}</span>: {wanted.detail}
      </Text>
      {wanted.allowedAnswers.length > 0
        ? <AnswerForm iterationId={iterationId} row={row} decision={wanted} words={signWord} />
        : <Text size="sm" fw={600}>Asked; {waitsWords(wanted)}. Until then nothing changes.</Text>}
    </div>
  ))
}
