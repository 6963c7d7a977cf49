import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Proposal, proposalsQuery } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { millis, near } from '../../lib/time'
import { Card } from '../../ui/Card'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { DeclineDialog } from './DeclineDialog'
import classes from './plans.module.css'
import { useAccept } from './useProposals'

interface Props {
  planId: string
  /** The draft that is open and may be edited; else none is accepted here, and `whyNot` says what to do. */
  draft: { id: string; number: number } | null
  whyNot: ReactNode
  mayDecide: boolean
  whyOff: string | null
  onOpen: (code: string) => void
  words: { field: (field: string) => string; value: (field: string, value: unknown) => string }
}

function Values({ proposal: { field, value, current }, words }: { proposal: Proposal; words: Props['words'] }) {
  if (field === null) return <span className="dim">In words alone: no field is proposed.</span>
  const text = (of: unknown) => words.value(field, of) || 'none'
  return (
    <span className={classes.values}>
      <span className="dim">{words.field(field)}</span> <s>{text(current)}</s> <IconArrowRight size={14} aria-label="to" role="img" /> <b>{text(value)}</b>
    </span>
  )
}

function One({ proposal, draft, mayDecide, whyOff, onOpen, words, planId, onDecline }: Props & { proposal: Proposal; onDecline: () => void }) {
  const { zone } = useZone()
  const now = useNow(60_000)
  const accept = useAccept(planId, proposal)
  const at = millis(proposal.at)
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  return (
    <li className={classes.proposal} data-proposal={proposal.stepCode}>
      <header>
        <Button variant="subtle" size="compact-sm" px={0} onClick={() => onOpen(proposal.stepCode)}><b className="num">{proposal.stepCode}</b>&nbsp;{proposal.stepName}</Button>
        <span className="dim">{proposal.by}, from {proposal.iterationName}{at === null ? '' : `, ${near(at, now, zone)}`}</span>
      </header>
      <p>{proposal.lesson}</p>
      <Values proposal={proposal} words={words} />
      {accept.error && <ProblemNotice problem={asProblem(accept.error)} onClose={() => accept.reset()} />}
      {mayDecide && (
        <span className={classes.answer}>
          {draft && (
            <Button {...off} loading={accept.isPending} onClick={() => accept.mutate(draft.id)} aria-label={`Accept what ${proposal.stepCode} taught`}>
              {proposal.field === null ? 'Accept: it is in the plan' : `Accept into v${draft.number}`}
            </Button>
          )}
          <Button variant="default" {...off} onClick={onDecline} aria-label={`Decline what ${proposal.stepCode} taught`}>Decline</Button>
        </span>
      )}
    </li>
  )
}

/** What people learned on the steps of iterations and propose for the plan: accepted into the draft, or declined with a reason. */
export function ProposalList(props: Props) {
  const proposals = useQuery(proposalsQuery(props.planId))
  const [asked, setAsked] = useState<Proposal | null>(null)
  return (
    <div className={classes.sheet}>
      {props.mayDecide && props.draft === null && (proposals.data?.length ?? 0) > 0 && <p className={classes.lead}>{props.whyNot}</p>}
      <Card>
        {proposals.data?.length === 0 && (
          <EmptyState title="No open proposals">In a runsheet, whoever does a step can propose for the plan what they learned on it. It is answered here.</EmptyState>
        )}
        {proposals.data && proposals.data.length > 0 && (
          <ul className={classes.list} aria-label="Open proposals">
            {proposals.data.map((proposal) => <One key={proposal.id} {...props} proposal={proposal} onDecline={() => setAsked(proposal)} />)}
          </ul>
        )}
        {proposals.isPending && <LoadingRows rows={5} label="Loading the proposals" />}
        {proposals.isError && !proposals.data && <ErrorState problem={asProblem(proposals.error)} onRetry={() => void proposals.refetch()} />}
      </Card>
      {asked && <DeclineDialog planId={props.planId} proposal={asked} onClose={() => setAsked(null)} />}
    </div>
  )
}
