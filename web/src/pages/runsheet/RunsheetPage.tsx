import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useWatchIteration } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { boardQuery, migrationsQuery, stepActionsQuery } from '../../api/queries'
import type { IterationSummary, Migration } from '../../api/types'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'
import { RunsheetView } from './RunsheetView'

/** The iteration an address means: by key and name as people say them, or by their ids. */
function found(migrations: readonly Migration[], key: string, name: string): IterationSummary | undefined {
  const migration = migrations.find((one) => one.key === key || one.id === key)
  return migration?.iterations.find((one) => one.name === name || one.id === name)
}

function BoardLoader({ iterationId }: { iterationId: string }) {
  const board = useQuery(boardQuery(iterationId))
  // Asked for now, so that the first event need not wait for it.
  useQuery(stepActionsQuery)
  useWatchIteration(board.data?.iteration.migrationId, iterationId, board.data?.seq)
  useMigrationZone(board.data?.iteration.migration.zone)
  if (board.data) return <RunsheetView board={board.data} />
  if (board.isError) return <ErrorState problem={asProblem(board.error)} onRetry={() => void board.refetch()} />
  return <LoadingRows rows={18} label="Loading the runsheet" />
}

/** /migrations/$key/iterations/$name: finds the iteration, then its board. */
export function RunsheetPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name' })
  const migrations = useQuery(migrationsQuery)
  if (migrations.isPending) return <LoadingRows rows={18} label="Loading the runsheet" />
  if (migrations.isError && !migrations.data) {
    return <ErrorState problem={asProblem(migrations.error)} onRetry={() => void migrations.refetch()} />
  }
  const iteration = found(migrations.data, key, name)
  if (!iteration) {
    return (
      <EmptyState title={`There is no iteration ${name} here`}>
        Either nothing has that name in {key}, or you have no rights to see it. Whoever administers the migration can say which.
      </EmptyState>
    )
  }
  return <BoardLoader key={iteration.id} iterationId={iteration.id} />
}
