import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { iterationQuery, migrationsQuery, sessionQuery } from '../../api/queries'
import type { Iteration, Migration } from '../../api/types'
import { ScheduleDialog } from '../../features/iteration-new/ScheduleDialog'
import { IterationList } from '../../features/migrations/IterationList'
import { MigrationDialog } from '../../features/migrations/MigrationDialog'
import { MigrationEnd } from '../../features/migrations/MigrationEnd'
import { MigrationHead } from '../../features/migrations/MigrationHead'
import { paths } from '../../lib/paths'
import { Card } from '../../ui/Card'
import { say } from '../../ui/notify'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone, useZoneOf } from '../../ui/zone'
import { PlansSection } from './PlansSection'
import classes from './page.module.css'

const lookAgain = 5_000

/** The iterations that may be scheduled, as the server says. */
function useSchedulable(migration: Migration): Map<string, Iteration> {
  const planning = migration.iterations.filter(({ state }) => state === 'planning')
  const found = useQueries({ queries: planning.map(({ id }) => iterationQuery(id)) })
  return new Map(
    found.flatMap(({ data }) => (data?.state === 'planning' && data.allowedActions.includes('schedule') ? [[data.id, data] as const] : [])),
  )
}

function Iterations({ migration }: { migration: Migration }) {
  const schedulable = useSchedulable(migration)
  const whyOff = useWhyOffline()
  const zone = useZoneOf(migration.zone)
  const [asked, setAsked] = useState<string | null>(null)
  const chosen = asked === null ? undefined : schedulable.get(asked)
  return (
    <Card className={classes.section} aria-label="Iterations">
      <header><h2>Iterations</h2></header>
      <IterationList
        migration={migration}
        actionsOf={({ id }) => schedulable.has(id) && (
          <Button disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })} onClick={() => setAsked(id)}>Schedule</Button>
        )}
      />
      {chosen && <ScheduleDialog iteration={chosen} zone={zone} onClose={() => setAsked(null)} />}
    </Card>
  )
}

/** An admin's way to change what the migration is called, and its zone. */
function ChangeIt({ migration }: { migration: Migration }) {
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const whyOff = useWhyOffline()
  const [asked, setAsked] = useState(false)
  if (!admin) return null
  const saved = () => {
    setAsked(false)
    say(`${migration.key} is saved.`)
  }
  return (
    <>
      <Button
        size="compact-sm" variant="subtle" leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setAsked(true)}
        disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
      >
        Change
      </Button>
      {asked && <MigrationDialog migration={migration} onSaved={saved} onClose={() => setAsked(false)} />}
    </>
  )
}

function Found({ migration }: { migration: Migration }) {
  useMigrationZone(migration.zone)
  return (
    <div className={classes.cards}>
      <MigrationHead migration={migration} title={<h1>{migration.name}</h1>} action={<><ChangeIt migration={migration} /><MigrationEnd migration={migration} /></>} />
      <Iterations migration={migration} />
      <PlansSection migration={migration} pilot={migration.roles.includes('pilot')} />
    </div>
  )
}

/** One migration: how it stands, its iterations, its plans. */
export function MigrationPage() {
  const { key } = useParams({ from: '/signed-in/migrations/$key' })
  const migrations = useQuery({ ...migrationsQuery, refetchInterval: lookAgain })
  const migration = migrations.data?.find((one) => one.key === key || one.id === key)
  return (
    <div className={classes.page}>
      <Link to={paths.migrations()} className={classes.crumb ?? ''}>Migrations</Link>
      {migration && <Found migration={migration} />}
      {migrations.data && !migration && (
        <EmptyState title={`There is no migration ${key} here`}>
          Either nothing has that name, or you have no rights to see it. An admin can say which.
        </EmptyState>
      )}
      {migrations.isPending && <LoadingRows rows={8} label="Loading the migration" />}
      {migrations.isError && !migrations.data && <ErrorState problem={asProblem(migrations.error)} onRetry={() => void migrations.refetch()} />}
    </div>
  )
}
