import { Button } from '@mantine/core'
import { IconArrowRight, IconClockEdit, IconLink, IconSquareRoundedPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Insight, InsightAccepted, Rehearsals } from '../../api/rehearsals'
import { paths } from '../../lib/paths'
import { span } from '../../lib/time'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { EmptyState } from '../../ui/states'
import { AcceptStep } from './AcceptStep'
import { AnswerList } from './AnswerList'
import { DeclineInsight } from './DeclineInsight'
import { useAcceptInsight } from './useInsights'
import classes from './insights.module.css'

const look = {
  duration: { icon: IconClockEdit, word: 'New duration' },
  dependency: { icon: IconLink, word: 'Missing dependency?' },
  step: { icon: IconSquareRoundedPlus, word: 'Missing step?' },
} as const

interface Props {
  all: Rehearsals
  whyOff: string | null
  /** What was accepted last: the way to it. */
  onAccepted: (accepted: InsightAccepted) => void
}

/** What would be different in the plan. */
function Change({ insight: { kind, current, proposed, stepCode, otherCode } }: { insight: Insight }) {
  if (kind === 'duration' && current !== null && proposed !== null) {
    return (
      <span className={classes.change}>
        <s>{current === 0 ? 'none' : span(current)}</s> <IconArrowRight size={14} role="img" aria-label="to" /> <b>{span(proposed)}</b>
      </span>
    )
  }
  return kind === 'dependency'
    ? <span className={classes.change}><b>{otherCode}</b> <IconArrowRight size={14} role="img" aria-label="before" /> <b>{stepCode}</b></span>
    : null
}

/** The cells it rests on, each a way to its step. */
function Evidence({ insight, migrationKey }: { insight: Insight; migrationKey: string }) {
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {insight.evidence.map(({ iterationId, iterationName, stepCode, sentence }) => (
        <li key={`${iterationId} ${stepCode}`}>
          <Link to={paths.runsheet(migrationKey, iterationName, { step: stepCode })}>{iterationName} · {stepCode}</Link> {sentence}
        </li>
      ))}
    </ul>
  )
}

function One({ all, insight, whyOff, onAccepted }: Props & { insight: Insight }) {
  const [asked, setAsked] = useState<'step' | 'decline' | null>(null)
  const accept = useAcceptInsight(all, insight, onAccepted)
  const { icon: Icon, word } = look[insight.kind]
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  return (
    <li className={classes.insight} data-insight={insight.kind} data-step={insight.stepCode}>
      <header>
        <span className={classes.kind}><Icon size={15} aria-hidden /> {word}</span>
        <b className="num">{insight.stepCode}</b> <span className={classes.named}>{insight.stepName}</span>
      </header>
      <Change insight={insight} />
      <p>{insight.sentence}</p>
      <Evidence insight={insight} migrationKey={all.migrationKey} />
      <p className="dim">{insight.caution}</p>
      {accept.error && <ProblemNotice problem={asProblem(accept.error)} onClose={() => accept.reset()} />}
      {all.allowedActions.includes('accept') && (
        <span className={classes.answer}>
          <Button
            size="xs" {...off} loading={accept.isPending} aria-label={`Accept into a draft: ${word} ${insight.stepCode}`}
            onClick={() => (insight.kind === 'step' ? setAsked('step') : accept.mutate({}))}
          >
            Accept into a draft
          </Button>
          <Button size="xs" variant="default" {...off} aria-label={`Decline: ${word} ${insight.stepCode}`} onClick={() => setAsked('decline')}>Decline</Button>
        </span>
      )}
      {asked === 'step' && <AcceptStep of={all} insight={insight} onClose={() => setAsked(null)} onDone={onAccepted} />}
      {asked === 'decline' && <DeclineInsight of={all} insight={insight} onClose={() => setAsked(null)} />}
    </li>
  )
}

/** Why nothing is proposed: the nights that could teach something are counted in words. */
function Nothing({ all }: { all: Rehearsals }) {
  const over = all.iterations.filter(({ learnedFrom }) => learnedFrom).length
  if (all.answers.length > 0) return <EmptyState title="Nothing more is proposed">All that these iterations speak for has been answered, as it stands below.</EmptyState>
  if (over === 0) return <EmptyState title="Nothing to learn from yet">No iteration of this plan is over. What runs now counts once it is complete.</EmptyState>
  return (
    <EmptyState title="Nothing is proposed">
      {over === 1 ? 'One iteration is over. Durations far from the plan would be proposed from it; dependencies and steps need two.' : `${over} iterations are over, and nothing in them speaks for another plan.`}
    </EmptyState>
  )
}

/** What the plan could have different, each with its evidence; a pilot accepts it into a draft, or says why not. */
export function InsightList(props: Props) {
  const { all } = props
  return (
    <>
      {all.insights.length === 0 && <Nothing all={all} />}
      <ul className={classes.list} aria-label="Proposals for the plan">
        {all.insights.map((insight) => <One key={insight.id} {...props} insight={insight} />)}
      </ul>
      {all.insights.length > 0 && all.allowedActions.length === 0 && <p className={classes.note}>Pilots of the migration answer these.</p>}
      <AnswerList all={all} />
    </>
  )
}
