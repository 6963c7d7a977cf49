import { Link } from '@tanstack/react-router'
import type { Migration } from '../../api/types'
import { paths } from '../../lib/paths'
import { Card } from '../../ui/Card'
import { IterationList } from './IterationList'
import { MigrationHead } from './MigrationHead'
import classes from './migrations.module.css'

/** One migration of the list, with its iterations. */
export function MigrationCard({ migration }: { migration: Migration }) {
  const title = (
    <h2><Link to={paths.migration(migration.key)} className={classes.migrationName ?? ''}>{migration.name}</Link></h2>
  )
  return (
    <Card className={classes.migration} data-migration={migration.key}>
      <MigrationHead migration={migration} title={title} />
      <IterationList migration={migration} />
    </Card>
  )
}
