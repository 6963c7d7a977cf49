import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { boardQuery, decisionsQuery } from '../../api/queries'
import type { Decision } from '../../api/types'
import { paths } from '../../lib/paths'
import { millis } from '../../lib/time'
import { Card } from '../../ui/Card'
import { useNow } from '../../ui/useNow'
import { DecisionMark } from './DecisionMark'
import { dueWords } from './words'
import classes from './decisions.module.css'

function Line({ decision, now }: { decision: Decision; now: number }) {
  const due = decision.status === 'open' ? dueWords(millis(decision.deadline), now) : null
  const missing = decision.asked.filter(({ answered }) => !answered).map(({ name }) => name)
  return (
    <li className={classes.openLine}>
      <b>{decision.stepCode !== null && <span className="num dim">{decision.stepCode} </span>}{decision.question}</b>
      {decision.status === 'ended' && <DecisionMark decision={decision} />}
      <span className="num dim">
        {decision.answers.length} of {decision.quorum}
        {due !== null && <span data-soon={due.soon || undefined} className={classes.due}> · {due.text}</span>}
        {missing.length > 0 && ` · ${decision.named ? 'missing' : 'waits for'} ${missing.slice(0, 3).join(decision.named ? ', ' : ' or ')}${missing.length > 3 ? ` and ${String(missing.length - 3)} more` : ''}`}
      </span>
    </li>
  )
}

/** What waits for an answer, beside a pilot's other worries; nothing at all while nothing waits. */
export function OpenDecisions({ iterationId }: { iterationId: string }) {
  const items = useQuery(decisionsQuery(iterationId)).data?.items ?? []
  const iteration = useQuery({ ...boardQuery(iterationId), enabled: false }).data?.iteration
  const now = useNow(5000)
  const open = items.filter(({ status }) => status === 'open' || status === 'ended')
  if (open.length === 0) return null
  return (
    <Card className={classes.openCard} role="region" aria-label="Decisions that wait">
      <div className={classes.openHead}>
        <h2>Decisions · {open.length}</h2>
        {iteration && <Link to={paths.decisions(iteration.migration.key, iteration.name)}>Open</Link>}
      </div>
      <ul>{open.slice(0, 5).map((decision) => <Line key={decision.id} decision={decision} now={now} />)}</ul>
      {open.length > 5 && <p className="dim">and {open.length - 5} more</p>}
    </Card>
  )
}
