import { Button } from '@mantine/core'
import { IconCircleCheck, IconLinkOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { asProblem } from '../../api/problem'
import { useOnce } from '../../api/useOnce'
import type { Answer, LinkedDecision } from '../../api/types'
import { api } from '../../lib/paths'
import { dayClock, millis, zoneName } from '../../lib/time'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { LoadingRows } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import { AnswerForm } from './AnswerForm'
import { Voices } from './Voices'
import { dueWords } from './words'
import classes from './linked.module.css'

/** Looked at by POST: the token stays out of every address, and looking uses nothing up. */
const lookKey = (token: string) => ['decision-link', token] as const

function Dead({ title, children }: { title: string; children: string }) {
  return <div className={classes.dead} role="alert"><IconLinkOff size={20} aria-hidden /><div><h1>{title}</h1><p>{children}</p></div></div>
}

function Until({ decision, now }: { decision: LinkedDecision; now: number }) {
  const at = millis(decision.deadline)
  const due = dueWords(at, now)
  if (at === null || due === null) return <p className={classes.until}>There is no deadline.</p>
  return (
    <p className={classes.until} data-soon={(decision.dead === null && due.soon) || undefined}>
      Until <b className="num">{dayClock(at, decision.zone)} {zoneName(decision.zone, at)}</b>, {due.text}
    </p>
  )
}

function Question({ decision, now }: { decision: LinkedDecision; now: number }) {
  return (
    <>
      <p className={classes.where}>{decision.migrationName} · {decision.iterationName}{decision.stepCode === null ? '' : ` · ${decision.stepCode}`}</p>
      <h1 className={classes.question}>{decision.question}</h1>
      {decision.detail !== '' && <p className={classes.case}>{decision.detail}</p>}
      <p className={classes.you}>
        {decision.askedBy === null ? 'It is asked of' : `${decision.askedBy} asks`} <b>{decision.name}</b>, as <b>{decision.as}</b>.
        {' '}{decision.quorum} of {decision.asked.length} {decision.asked.length === 1 ? 'answer decides' : 'answers decide'}; a tie is no-go.
      </p>
      <Until decision={decision} now={now} />
    </>
  )
}

function Answered({ decision }: { decision: LinkedDecision }) {
  if (decision.dead === null) return null
  if (decision.yours === null) return <Dead title="This link takes no answer">{decision.dead}</Dead>
  return (
    <div className={classes.done} role="status" data-answer={decision.yours}>
      <IconCircleCheck size={20} aria-hidden />
      <div><h2>{decision.dead}</h2><p>{decision.yourReason}</p></div>
    </div>
  )
}

/** One question to one person, who came by a personal link: everything they need to answer it, once. */
export function LinkedQuestion({ token }: { token: string }) {
  const cache = useQueryClient()
  const now = useNow()
  const look = useQuery({
    queryKey: lookKey(token), queryFn: () => post<LinkedDecision>(api.decisionLinkLook(), { token }), retry: false, refetchInterval: 20_000,
  })
  const answer = useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: (given: { answer: Answer; reason: string }) => post<LinkedDecision>(api.decisionLinkAnswer(), { token, ...given }),
    onSuccess: (shown) => cache.setQueryData(lookKey(token), shown),
    onError: () => void look.refetch(),
  }))
  if (look.isPending) return <LoadingRows rows={6} label="Loading the question" />
  if (!look.data) {
    const problem = asProblem(look.error)
    return (
      <>
        <Dead title={problem.status === 404 ? 'This link leads nowhere' : problem.title}>{`${problem.detail} ${problem.hint ?? ''}`}</Dead>
        {problem.status !== 404 && <Button variant="default" onClick={() => void look.refetch()}>Try again</Button>}
      </>
    )
  }
  const decision = look.data
  return (
    <>
      <Question decision={decision} now={now} />
      <Answered decision={decision} />
      {decision.outcome !== null && <p className={classes.until}><b>{decision.sentence}</b></p>}
      {decision.dead === null && (
        <AnswerForm
          kind={decision.kind} answers={decision.allowedAnswers} size="md" whyOff={null}
          doing={answer.isPending ? answer.variables.answer : null} onAnswer={(given, reason) => answer.mutate({ answer: given, reason })}
        />
      )}
      {answer.isError && <ProblemNotice problem={asProblem(answer.error)} />}
      <h2 className={classes.others}>Who is asked</h2>
      <Voices decision={decision} named zone={decision.zone} now={now} />
    </>
  )
}
