import { Link, useParams } from '@tanstack/react-router'
import type { Board } from '../../api/types'
import { DecisionsList } from '../../features/decisions/DecisionsList'
import { HoldBanner } from '../../features/runbook/HoldBanner'
import { IterationTabs } from '../../features/runbook/IterationTabs'
import { paths } from '../../lib/paths'
import { IterationMark } from '../../ui/IterationMark'
import { WithBoard } from '../iteration/WithBoard'
import classes from './decisions-page.module.css'

function View({ board: { iteration } }: { board: Board }) {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.titles}>
          <Link to={paths.migration(iteration.migration.key)} className={classes.crumb ?? ''}>{iteration.migration.name}</Link>
          <h1>{iteration.name}</h1>
          <IterationMark state={iteration.state} />
        </div>
        <IterationTabs iteration={iteration} here="decisions" />
        <HoldBanner iteration={iteration} />
      </header>
      <DecisionsList iteration={iteration} />
    </div>
  )
}

/** /migrations/$key/iterations/$name/decisions: gates, polls and second signatures of one night. */
export function DecisionsPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/decisions' })
  return (
    <WithBoard migrationKey={key} name={name} loading="Loading the decisions">
      {(board) => <View board={board} />}
    </WithBoard>
  )
}
