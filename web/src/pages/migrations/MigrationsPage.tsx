import { useQuery } from '@tanstack/react-query'
import { asProblem } from '../../api/problem'
import { migrationsQuery, sessionQuery } from '../../api/queries'
import { HowToBegin } from '../../features/migrations/HowToBegin'
import { MigrationCard } from '../../features/migrations/MigrationCard'
import { ErrorState, LoadingRows } from '../../ui/states'
import { onlyZone, useMigrationZone } from '../../ui/zone'
import classes from './page.module.css'

/** Events come for what is open in a runsheet; the list as a whole is looked at anew now and then. */
const lookAgain = 5_000

/** All migrations one may see, with how each stands. */
export function MigrationsPage() {
  const migrations = useQuery({ ...migrationsQuery, refetchInterval: lookAgain })
  useMigrationZone(onlyZone(migrations.data ?? []))
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  return (
    <div className={classes.page}>
      <h1>Migrations</h1>
      {migrations.data?.length === 0 && <HowToBegin admin={admin} />}
      <div className={classes.cards}>
        {migrations.data?.map((migration) => <MigrationCard key={migration.id} migration={migration} />)}
      </div>
      {migrations.isPending && <LoadingRows rows={8} label="Loading the migrations" />}
      {migrations.isError && !migrations.data && (
        <ErrorState problem={asProblem(migrations.error)} onRetry={() => void migrations.refetch()} />
      )}
    </div>
  )
}
