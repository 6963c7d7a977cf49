import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { asProblem } from '../../api/problem'
import { scheduleQuery } from '../../api/schedule'
import type { Board } from '../../api/types'
import { Planner } from '../../features/planner/Planner'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { IterationHead } from '../iteration/IterationHead'
import { WithBoard } from '../iteration/WithBoard'
import classes from './planner-page.module.css'

function Content({ iterationId }: { iterationId: string }) {
  const schedule = useQuery(scheduleQuery(iterationId))
  if (schedule.data) {
    if (schedule.data.macroPhases.length === 0) return <EmptyState title="This iteration has no chapters">Its plan version holds none.</EmptyState>
    return <Planner iterationId={iterationId} schedule={schedule.data} />
  }
  if (schedule.isError) return <ErrorState problem={asProblem(schedule.error)} onRetry={() => void schedule.refetch()} />
  return <LoadingRows rows={18} label="Loading the schedule" />
}

function View({ board: { iteration } }: { board: Board }) {
  return (
    <div className={classes.page}>
      <IterationHead iteration={iteration} here="planner" />
      <Content key={iteration.id} iterationId={iteration.id} />
    </div>
  )
}

/** /migrations/$key/iterations/$name/planner: when each chapter of one night is to run. */
export function PlannerPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/planner' })
  return <WithBoard migrationKey={key} name={name} loading="Loading the schedule">{(board) => <View board={board} />}</WithBoard>
}
