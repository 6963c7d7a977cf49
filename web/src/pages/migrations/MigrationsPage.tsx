import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { migrationsQuery, sessionQuery } from '../../api/queries'
import { HowToBegin } from '../../features/migrations/HowToBegin'
import { MigrationCard } from '../../features/migrations/MigrationCard'
import { MigrationDialog } from '../../features/migrations/MigrationDialog'
import { paths } from '../../lib/paths'
import { say } from '../../ui/notify'
import { ErrorState, LoadingRows } from '../../ui/states'
import { onlyZone, useMigrationZone } from '../../ui/zone'
import classes from './page.module.css'

/** Events come for what is open in a runsheet; the list as a whole is looked at anew now and then. */
const lookAgain = 5_000

/** An admin makes a migration, and then finds it with nothing in it yet. */
function MakeOne() {
  const navigate = useNavigate()
  const whyOff = useWhyOffline()
  const [asked, setAsked] = useState(false)
  return (
    <>
      <Button
        size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked(true)}
        disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
      >
        New migration
      </Button>
      {asked && (
        <MigrationDialog
          migration={null} onClose={() => setAsked(false)}
          onSaved={({ key, name }) => {
            say(`${name} was made. Give people their roles in it: nobody has one yet.`)
            void navigate({ href: paths.migration(key) })
          }}
        />
      )}
    </>
  )
}

/** All migrations one may see, with how each stands. */
export function MigrationsPage() {
  const migrations = useQuery({ ...migrationsQuery, refetchInterval: lookAgain })
  useMigrationZone(onlyZone(migrations.data ?? []))
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  return (
    <div className={classes.page}>
      <header className={classes.top}><h1>Migrations</h1>{admin && <MakeOne />}</header>
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
