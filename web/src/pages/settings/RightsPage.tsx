import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { peopleQuery, rightsQuery, sessionQuery } from '../../api/queries'
import type { Migration, PersonHere, RightsTable } from '../../api/types'
import { AddToMigration } from '../../features/people/rights/AddToMigration'
import { RightsGrid } from '../../features/people/rights/RightsGrid'
import { WhatRolesMay } from '../../features/people/rights/WhatRolesMay'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { OfMigration } from './OfMigration'
import classes from './settings.module.css'

function Grid({ migration, table, people }: { migration: Migration; table: RightsTable; people: readonly PersonHere[] }) {
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const whyOff = useWhyOffline()
  // Somebody who was found and has no role yet stands below, until a box is ticked.
  const [found, setFound] = useState<PersonHere[]>([])
  const shown = [...people, ...found.filter(({ userId }) => !people.some((one) => one.userId === userId))]
  return (
    <>
      {shown.length > 0 && (
        <RightsGrid migrationId={migration.id} people={shown} roles={table.roles} whyNot={admin ? whyOff : 'An admin gives and takes roles.'} />
      )}
      {shown.length === 0 && <EmptyState title="Nobody has a role here yet">Until somebody has one, only admins see this migration.</EmptyState>}
      {admin && <div className={classes.add}><AddToMigration there={shown} onAdd={(person) => setFound((before) => [...before, person])} /></div>}
    </>
  )
}

function Rights({ migration }: { migration: Migration }) {
  const people = useQuery({ ...peopleQuery(migration.id), refetchInterval: 15_000 })
  const rights = useQuery(rightsQuery)
  const problem = people.error ?? rights.error
  const there = people.data && rights.data
  return (
    <div className={classes.beside}>
      <Card>
        {there && <Grid key={migration.id} migration={migration} table={rights.data} people={people.data} />}
        {!there && !problem && <LoadingRows rows={10} label="Loading the rights" />}
        {!there && problem && <ErrorState problem={asProblem(problem)} onRetry={() => void Promise.all([people.refetch(), rights.refetch()])} />}
      </Card>
      {rights.data && (
        <Card className={classes.side ?? ''}>
          <h2>What each role may</h2>
          <WhatRolesMay table={rights.data} />
        </Card>
      )}
    </div>
  )
}

/** Who is what in a migration, and what that lets them do. */
export function RightsPage() {
  return (
    <OfMigration>
      {(migration) => (
        <>
          <header><h1>Rights in {migration.name}</h1></header>
          <p className={classes.lead}>A box is a role, saved as it is pressed; it counts from the person’s next click on.</p>
          <Rights migration={migration} />
        </>
      )}
    </OfMigration>
  )
}
