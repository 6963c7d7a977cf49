import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { asProblem } from '../../api/problem'
import { migrationsQuery } from '../../api/queries'
import type { Migration } from '../../api/types'
import { PilotsOnly } from '../../features/plan-import/PilotsOnly'
import { paths } from '../../lib/paths'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'
import classes from './import-page.module.css'

function Inside({ migration, title, children }: { migration: Migration; title: string; children: (migration: Migration) => ReactNode }) {
  useMigrationZone(migration.zone)
  const pilot = migration.roles.includes('pilot')
  return (
    <>
      <span className={classes.crumbs}><Link to={paths.migration(migration.key)}>{migration.name}</Link> / <Link to={paths.plans(migration.key)}>Plans</Link></span>
      <h1>{title}</h1>
      {pilot ? children(migration) : <PilotsOnly migrationKey={migration.key} />}
    </>
  )
}

/** What stands around every step of an import: where one is, and for whom it is. */
export function ImportFrame({ migrationKey, title, children }: { migrationKey: string; title: string; children: (migration: Migration) => ReactNode }) {
  const migrations = useQuery(migrationsQuery)
  const migration = migrations.data?.find((one) => one.key === migrationKey || one.id === migrationKey)
  return (
    <div className={classes.page}>
      {migration && <Inside migration={migration} title={title}>{children}</Inside>}
      {migrations.data && !migration && (
        <EmptyState title={`There is no migration ${migrationKey} here`}>Either nothing has that name, or you have no rights to see it. An admin can say which.</EmptyState>
      )}
      {migrations.isPending && <LoadingRows rows={8} label="Loading" />}
      {migrations.isError && !migrations.data && <ErrorState problem={asProblem(migrations.error)} onRetry={() => void migrations.refetch()} />}
    </div>
  )
}
