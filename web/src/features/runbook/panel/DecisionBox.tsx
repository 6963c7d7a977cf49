import { Button, Group, Text, Textarea } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useWhyOffline } from '../../../api/live/context'
import type { Answer, Decision, StepRow } from '../../../api/types'
import { dayClock, millis } from '../../../lib/time'
import { useZone } from '../../../ui/zone'
import { askDecision, useDecisionAsked, usePending } from '../pending'
import { useAnswer } from '../useStepAction'
import classes from './panel.module.css'

const answerWord: Record<Answer, string> = { go: 'Go', no_go: 'No-go' }

function Answers({ decision }: { decision: Decision }) {
  const { zone } = useZone()
  return decision.answers.map((given) => (
    <Text size="sm" key={`${given.user}${given.at}`}>
      <b style={{ color: given.answer === 'go' ? 'var(--t-green)' : 'var(--t-red)' }}>{answerWord[given.answer]}</b>{' '}
      {given.user} · <span className="num dim">{dayClock(millis(given.at) ?? 0, zone)}</span><br />{given.reason}
    </Text>
  ))
}

function AnswerForm({ iterationId, row, decision, field }: {
  iterationId: string
  row: StepRow
  decision: Decision
  field: RefObject<HTMLTextAreaElement | null>
}) {
  const [reason, setReason] = useState('')
  const answer = useAnswer(iterationId, row)
  const offline = useWhyOffline()
  const pending = usePending(row) !== undefined
  const off = pending || offline !== null || reason.trim() === ''
  return (
    <>
      <Textarea
        ref={field} label="Reason" description="Needed for either answer; it is kept with it." autosize minRows={2}
        value={reason} onChange={(event) => setReason(event.currentTarget.value)} required data-testid="decision-reason"
      />
      <Group gap={6}>
        {decision.allowedAnswers.map((choice) => (
          <Button
            key={choice} size="sm" color={choice === 'go' ? 'teal' : 'red'} disabled={off} data-answer={choice}
            onClick={() => answer.mutate({ decisionId: decision.id, answer: choice, reason: reason.trim() })}
          >
            {pending && answer.variables?.answer === choice ? 'Answering…' : answerWord[choice]}
          </Button>
        ))}
      </Group>
      {offline !== null && <Text size="xs" c="dimmed">{offline}</Text>}
    </>
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
      {open && <AnswerForm iterationId={iterationId} row={row} decision={decision} field={field} />}
      {!open && decision.outcome === null && (
        <Text size="sm" c="dimmed">
          {row.state === 'ready' ? 'Waits for an approver’s decision.' : 'It is asked when the step is ready; an approver answers it.'}
        </Text>
      )}
    </div>
  )
}
