import type { ReactNode } from 'react'
import type { IterationSummary, Migration } from '../../api/types'
import { inOrder } from './order'
import { IterationRow } from './IterationRow'
import classes from './migrations.module.css'

interface Props {
  migration: Migration
  actionsOf?: (iteration: IterationSummary) => ReactNode
}

/** A migration's iterations: what runs, what comes, what is over. */
export function IterationList({ migration, actionsOf }: Props) {
  if (migration.iterations.length === 0) {
    return <p className={classes.none}>No iteration yet. A pilot makes one from an approved version of the plan.</p>
  }
  return (
    <ul className={classes.iterations} aria-label={`Iterations of ${migration.name}`}>
      {inOrder(migration.iterations).map((iteration) => (
        <IterationRow
          key={iteration.id} migrationKey={migration.key} zone={migration.zone} iteration={iteration}
          actions={actionsOf?.(iteration)}
        />
      ))}
    </ul>
  )
}
