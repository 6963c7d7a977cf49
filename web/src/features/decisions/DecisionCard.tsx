import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import type { Decision, Iteration } from '../../api/types'
import { paths } from '../../lib/paths'
import { millis, near } from '../../lib/time'
import { Card } from '../../ui/Card'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { AnswerForm } from './AnswerForm'
import { DecisionMark } from './DecisionMark'
import { ExtendDialog } from './ExtendDialog'
import { TermsDialog } from './TermsDialog'
import { useAnswerDecision, useKeepDecision } from './useDecisions'
import { Voices } from './Voices'
import { WithdrawDialog } from './WithdrawDialog'
import { dueWords, kindWord } from './words'
import classes from './decisions.module.css'

function Facts({ decision, zone, now }: { decision: Decision; zone: string; now: number }) {
  const open = decision.status === 'open'
  const deadline = millis(decision.deadline)
  const due = open ? dueWords(deadline, now) : null
  return (
    <p className={`${classes.facts} num`}>
      <span>{decision.answers.length} of {decision.quorum} {decision.quorum === 1 ? 'answer' : 'answers'}</span>
      {deadline !== null && (
        <span data-soon={due?.soon === true ? true : undefined}>until {near(deadline, now, zone)}{due === null ? '' : `, ${due.text}`}</span>
      )}
      <span>asked {near(millis(decision.askedAt) ?? 0, now, zone)}{decision.askedBy === null ? '' : ` by ${decision.askedBy}`}</span>
      {decision.remindedAt !== null && open && <span>reminded {near(millis(decision.remindedAt) ?? 0, now, zone)}</span>}
      {decision.decidedOn && <span title={`Entry ${String(decision.decidedOn.seq)}, ${String(decision.decidedOn.hash)}`}>on the log as of entry {String(decision.decidedOn.seq)}</span>}
    </p>
  )
}

type Asking = 'extend' | 'withdraw' | 'terms'
const asks: readonly { asking: Asking; label: string }[] = [
  { asking: 'extend', label: 'Extend…' }, { asking: 'terms', label: 'Who decides…' }, { asking: 'withdraw', label: 'Withdraw…' },
]

/** Remind, extend, withdraw, and who decides: what the server lets this person do. */
function Keep({ decision, iteration }: { decision: Decision; iteration: Iteration }) {
  const [asking, setAsking] = useState<Asking | null>(null)
  const close = () => setAsking(null)
  const remind = useKeepDecision(decision, () => undefined)
  const offline = useWhyOffline()
  if (decision.allowedActions.length === 0) return null
  return (
    <>
      <Group gap={6} className="no-print">
        {decision.allowedActions.includes('remind') && (
          <Button size="compact-sm" variant="default" disabled={offline !== null || remind.isPending} onClick={() => remind.mutate({ act: 'remind' })}>
            {remind.isPending ? 'Reminding…' : decision.named ? 'Remind who is missing' : 'Remind'}
          </Button>
        )}
        {asks.filter(({ asking: one }) => decision.allowedActions.includes(one)).map(({ asking: one, label }) => (
          <Button key={one} size="compact-sm" variant="default" disabled={offline !== null} onClick={() => setAsking(one)}>{label}</Button>
        ))}
      </Group>
      {remind.isError && <ProblemNotice problem={asProblem(remind.error)} onClose={() => remind.reset()} />}
      {asking === 'extend' && <ExtendDialog decision={decision} onClose={close} />}
      {asking === 'withdraw' && <WithdrawDialog decision={decision} onClose={close} />}
      {asking === 'terms' && <TermsDialog decision={decision} migrationId={iteration.migrationId} onClose={close} />}
    </>
  )
}

function Answering({ decision }: { decision: Decision }) {
  const answer = useAnswerDecision(decision)
  const offline = useWhyOffline()
  return (
    <>
      {decision.allowedAnswers.length > 0 && (
        <div className={classes.yours}>
          <AnswerForm
            kind={decision.kind} answers={decision.allowedAnswers} whyOff={offline}
            doing={answer.isPending ? answer.variables.answer : null} onAnswer={(given, reason) => answer.mutate({ answer: given, reason })}
          />
        </div>
      )}
      {answer.isError && <ProblemNotice problem={asProblem(answer.error)} onClose={() => answer.reset()} />}
    </>
  )
}

function StepLink({ decision, iteration }: { decision: Decision; iteration: Iteration }): ReactNode {
  if (decision.stepCode === null) return null
  return (
    <Link to={paths.runsheet(iteration.migration.key, iteration.name, { step: decision.stepCode })} className="num">
      {decision.stepCode}
    </Link>
  )
}

/** One decision, whole: the question, its case, who said what, and what one may do oneself. */
export function DecisionCard({ decision, iteration }: { decision: Decision; iteration: Iteration }) {
  const { zone } = useZone()
  const now = useNow()
  return (
    <Card className={classes.card} role="article" aria-label={decision.question} data-decision={decision.id} data-status={decision.status}>
      <div className={classes.top}>
        <span className="dim">{kindWord[decision.kind]}</span>
        <StepLink decision={decision} iteration={iteration} />
        <DecisionMark decision={decision} />
      </div>
      <h2 className={classes.question}>{decision.question}</h2>
      {decision.detail !== '' && <p className={classes.case}>{decision.detail}</p>}
      <Facts decision={decision} zone={zone} now={now} />
      {['ended', 'withdrawn', 'set_aside'].includes(decision.status) && <p className={classes.sentence}>{decision.sentence}</p>}
      <Voices decision={decision} named={decision.named} zone={zone} now={now} />
      <Answering decision={decision} />
      <Keep decision={decision} iteration={iteration} />
    </Card>
  )
}
