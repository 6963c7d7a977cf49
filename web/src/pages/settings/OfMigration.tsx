import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asProblem } from '../../api/problem'
import { migrationsQuery } from '../../api/queries'
import type { Migration } from '../../api/types'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'
import { useChosenMigration } from './useChosenMigration'

/** A section about one migration: which one, or why there is none to show. */
export function OfMigration({ children }: { children: (migration: Migration) => ReactNode }) {
  const found = useQuery(migrationsQuery)
  const { chosen, missing } = useChosenMigration()
  useMigrationZone(chosen?.zone)
  if (chosen) return children(chosen)
  if (found.isPending) return <LoadingRows rows={8} label="Loading the migration" />
  if (found.isError) return <ErrorState problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
  if (missing !== null) {
    return <EmptyState title={`There is no migration ${missing} here`}>Either nothing has that name, or you have no rights to see it. An admin can say which.</EmptyState>
  }
  return <EmptyState title="There is no migration you may see">Rights, teams and substitutes belong to a migration. Once you have a role in one, they are here.</EmptyState>
}
