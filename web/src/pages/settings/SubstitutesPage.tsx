import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { sessionQuery, substitutesQuery } from '../../api/queries'
import type { Migration, Substitute } from '../../api/types'
import { EndDialog } from '../../features/people/substitutes/EndDialog'
import { SubstituteList } from '../../features/people/substitutes/SubstituteList'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useZoneOf } from '../../ui/zone'
import { NewSubstituteDialog } from './NewSubstituteDialog'
import { OfMigration } from './OfMigration'
import classes from './settings.module.css'

function Substitutes({ migration }: { migration: Migration }) {
  const found = useQuery({ ...substitutesQuery(migration.id), refetchInterval: 15_000 })
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const whyOff = useWhyOffline()
  const zone = useZoneOf(migration.zone)
  const [asked, setAsked] = useState<Substitute | 'new' | null>(null)
  const mayChange = admin || migration.roles.includes('pilot')
  const add = mayChange && (
    <Button
      size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked('new')}
      disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
    >
      Name a substitute
    </Button>
  )
  return (
    <>
      <header><h1>Substitutes in {migration.name}</h1>{found.data && found.data.length > 0 && add}</header>
      <p className={classes.lead}>A substitute has, besides their own, the roles and teams of whoever is away: here, and for that time. The log names both.</p>
      <Card>
        {found.data && found.data.length > 0 && (
          <SubstituteList substitutes={found.data} zone={zone} mayChange={mayChange} whyOff={whyOff} onEnd={setAsked} />
        )}
        {found.data?.length === 0 && <EmptyState title="Nobody stands in for anybody" action={add}>For a night on which somebody is away, another can act for them.</EmptyState>}
        {found.isPending && <LoadingRows rows={5} label="Loading the substitutes" />}
        {found.isError && !found.data && <ErrorState problem={asProblem(found.error)} onRetry={() => void found.refetch()} />}
      </Card>
      {asked === 'new' && <NewSubstituteDialog migration={migration} zone={zone} admin={admin} onClose={() => setAsked(null)} />}
      {asked !== null && asked !== 'new' && <EndDialog migrationId={migration.id} one={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

/** Who acts for whom in a migration, for a night. */
export function SubstitutesPage() {
  return <OfMigration>{(migration) => <Substitutes key={migration.id} migration={migration} />}</OfMigration>
}
