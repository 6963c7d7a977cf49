import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { decisionsQuery } from '../../api/queries'
import type { Decision, Iteration } from '../../api/types'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { AskDialog } from './AskDialog'
import { DecisionCard } from './DecisionCard'
import classes from './decisions.module.css'

const waiting = ({ status }: Decision): boolean => status === 'open' || status === 'ended'

function Part({ title, items, iteration }: { title: string; items: readonly Decision[]; iteration: Iteration }) {
  if (items.length === 0) return null
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.partTitle}>{title} · {items.length}</h2>
      <div className={classes.cards}>
        {items.map((decision) => <DecisionCard key={decision.id} decision={decision} iteration={iteration} />)}
      </div>
    </section>
  )
}

/** All decisions of a night: what waits for an answer first. */
export function DecisionsList({ iteration }: { iteration: Iteration }) {
  const [asking, setAsking] = useState(false)
  const offline = useWhyOffline()
  const query = useQuery(decisionsQuery(iteration.id))
  if (query.isPending) return <LoadingRows rows={10} label="Loading the decisions" />
  if (!query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const { items, allowedActions } = query.data
  const ask = allowedActions.includes('ask') && (
    <Button leftSection={<IconPlus size={15} />} disabled={offline !== null} onClick={() => setAsking(true)}>Ask for a decision</Button>
  )
  return (
    <div className={classes.list}>
      {items.length > 0 && ask && <div className="no-print">{ask}</div>}
      {items.length === 0 && (
        <EmptyState title="Nothing was asked yet" action={ask || undefined}>
          A gate asks when its turn comes. A pilot or an approver can ask named people at any time: go or no-go.
        </EmptyState>
      )}
      <Part title="Waiting" items={items.filter(waiting)} iteration={iteration} />
      <Part title="Over" items={items.filter((one) => !waiting(one))} iteration={iteration} />
      {asking && <AskDialog iteration={iteration} onClose={() => setAsking(false)} />}
    </div>
  )
}
