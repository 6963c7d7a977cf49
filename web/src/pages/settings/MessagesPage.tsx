import { Templates } from '../../features/messages/Templates'
import { OfMigration } from './OfMigration'
import classes from './settings.module.css'

/** What a migration's people are told, in which words. */
export function MessagesPage() {
  return (
    <OfMigration>
      {(migration) => (
        <>
          <header><h1>Messages of {migration.name}</h1></header>
          <p className={classes.lead}>Whom a message reaches is settled by what it tells of, and by the comms of the iteration. Its words are yours; every version is kept.</p>
          <Templates key={migration.id} migrationId={migration.id} samples={migration.iterations} />
        </>
      )}
    </OfMigration>
  )
}
