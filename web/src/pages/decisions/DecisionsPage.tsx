import { useParams } from '@tanstack/react-router'
import type { Board } from '../../api/types'
import { DecisionsList } from '../../features/decisions/DecisionsList'
import { IterationHead } from '../iteration/IterationHead'
import { WithBoard } from '../iteration/WithBoard'
import classes from './decisions-page.module.css'

function View({ board: { iteration } }: { board: Board }) {
  return (
    <div className={classes.page}>
      <IterationHead iteration={iteration} here="decisions" />
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
