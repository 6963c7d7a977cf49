import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWatchIteration } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { boardQuery, migrationsQuery, stepActionsQuery } from '../../api/queries'
import type { Board, IterationSummary, Migration } from '../../api/types'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'

/** The iteration an address means: by key and name as people say them, or by their ids. */
function found(migrations: readonly Migration[], key: string, name: string): IterationSummary | undefined {
  const migration = migrations.find((one) => one.key === key || one.id === key)
  return migration?.iterations.find((one) => one.name === name || one.id === name)
}

interface Props {
  migrationKey: string
  name: string
  /** What is being loaded, in words. */
  loading: string
  children: (board: Board) => ReactNode
}

function BoardLoader({ iterationId, loading, children }: { iterationId: string } & Pick<Props, 'loading' | 'children'>) {
  const board = useQuery(boardQuery(iterationId))
  // Asked for now, so that the first event need not wait for it.
  useQuery(stepActionsQuery)
  useWatchIteration(board.data?.iteration.migrationId, iterationId, board.data?.seq)
  useMigrationZone(board.data?.iteration.migration.zone)
  if (board.data) return children(board.data)
  if (board.isError) return <ErrorState problem={asProblem(board.error)} onRetry={() => void board.refetch()} />
  return <LoadingRows rows={18} label={loading} />
}

/** Finds the iteration of an address, then its board, which is kept fresh while it is on screen. */
export function WithBoard({ migrationKey, name, loading, children }: Props) {
  const migrations = useQuery(migrationsQuery)
  if (migrations.isPending) return <LoadingRows rows={18} label={loading} />
  if (migrations.isError && !migrations.data) {
    return <ErrorState problem={asProblem(migrations.error)} onRetry={() => void migrations.refetch()} />
  }
  const iteration = found(migrations.data, migrationKey, name)
  if (!iteration) {
    return (
      <EmptyState title={`There is no iteration ${name} here`}>
        Either nothing has that name in {migrationKey}, or you have no rights to see it. Whoever administers the migration can say which.
      </EmptyState>
    )
  }
  return <BoardLoader key={iteration.id} iterationId={iteration.id} loading={loading}>{children}</BoardLoader>
}
