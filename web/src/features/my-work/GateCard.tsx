import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import { stepQuery } from '../../api/queries'
import type { Answer, Decision, WorkItem } from '../../api/types'
import { clock, millis } from '../../lib/time'
import { Card } from '../../ui/Card'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { LoadingRows } from '../../ui/states'
import { useZoneOf } from '../../ui/zone'
import { closeNotice } from './notices'
import { useGateAnswer } from './useWork'
import { type CardProps, Head, Instructions, Times } from './WorkCard'
import classes from './work.module.css'

const answerWord: Record<Answer, string> = { go: 'Go', no_go: 'No-go' }

function AnswerForm({ item, decision, whyOff }: { item: WorkItem; decision: Decision; whyOff: string | null }) {
  const [reason, setReason] = useState('')
  const answer = useGateAnswer(item, decision.id)
  const doing = answer.isPending ? answer.variables.answer : null
  const off = whyOff !== null || doing !== null || reason.trim() === ''
  return (
    <>
      <Textarea
        label="Reason" description="Needed for either answer; it is kept with it." size="md" autosize minRows={2} maxRows={8}
        maxLength={2000} required value={reason} onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        {decision.allowedAnswers.map((choice) => (
          <Button
            key={choice} size="lg" color={choice === 'go' ? 'teal' : 'red'} disabled={off} {...(whyOff === null ? {} : { title: whyOff })}
            aria-label={`${answerWord[choice]} for ${item.step.code}`} data-answer={choice}
            onClick={() => answer.mutate({ answer: choice, reason: reason.trim() })}
          >
            {doing === choice ? 'Answering…' : answerWord[choice]}
          </Button>
        ))}
      </div>
    </>
  )
}

/** How many answers it takes, and until when. */
function openWords({ answers, quorum, deadline }: Decision, zone: string): string {
  const until = millis(deadline)
  return `${answers.length} of ${quorum} ${quorum === 1 ? 'answer' : 'answers'}${until === null ? '' : `, until ${clock(until, zone)}`}`
}

function Asked({ item, decision, whyOff, zone }: { item: WorkItem; decision: Decision; whyOff: string | null; zone: string }) {
  return (
    <>
      <p className={classes.question}>{decision.question}</p>
      {decision.answers.map((given) => (
        <p key={`${given.user}${given.at}`} className={classes.hint}>
          <b>{answerWord[given.answer]}</b> {given.user}{given.role === null ? '' : ` (${given.role})`}{given.dissent ? ', dissent' : ''}, {clock(millis(given.at) ?? 0, zone)}: {given.reason}
        </p>
      ))}
      {decision.status === 'open' && <p className={classes.hint}>{openWords(decision, zone)}</p>}
      {decision.allowedAnswers.length > 0
        ? <AnswerForm item={item} decision={decision} whyOff={whyOff} />
        : <p className={classes.hint}>{decision.status === 'open' ? 'There is nothing for you to answer now; the gate waits for others.' : decision.sentence}</p>}
    </>
  )
}

/** A gate that waits for my decision: the question, and Go or No-go with a reason. */
export function GateCard({ item, href, whyOff, notice }: CardProps) {
  const zone = useZoneOf(item.iteration.zone)
  const detail = useQuery(stepQuery(item.iteration.id, item.step.code))
  const decision = detail.data?.decision
  return (
    <Card className={classes.card} data-step={item.step.code} data-now>
      <Head item={item} href={href} brief={false} />
      <Times item={item} zone={zone} />
      {notice && <ProblemNotice title={`${item.step.code}: ${notice.problem.title}`} problem={notice.problem} onClose={() => closeNotice(item.step.id)} />}
      {item.instructions.trim() !== '' && <Instructions item={item} zone={zone} open={item.instructions.length < 240} />}
      {decision && <Asked item={item} decision={decision} whyOff={whyOff} zone={zone} />}
      {detail.isPending && <LoadingRows rows={3} label="Loading the question" />}
      {detail.isError && !detail.data && <ProblemNotice problem={asProblem(detail.error)} />}
    </Card>
  )
}
