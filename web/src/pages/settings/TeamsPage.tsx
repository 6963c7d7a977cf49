import { Button, Group } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { sessionQuery, teamsQuery } from '../../api/queries'
import type { Migration, TeamHere } from '../../api/types'
import { ImportPeople } from '../../features/people/import/ImportPeople'
import { DeleteTeamDialog } from '../../features/people/teams/DeleteTeamDialog'
import { MembersDialog } from '../../features/people/teams/MembersDialog'
import { TeamDialog } from '../../features/people/teams/TeamDialog'
import { TeamList, type TeamWish } from '../../features/people/teams/TeamList'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { OfMigration } from './OfMigration'

type Asked = { wish: TeamWish; team: TeamHere } | { wish: 'add' | 'import' }

function Dialog({ asked, migrationId, onClose }: { asked: Asked; migrationId: string; onClose: () => void }) {
  switch (asked.wish) {
    case 'import': return <ImportPeople migrationId={migrationId} onClose={onClose} />
    case 'add': return <TeamDialog migrationId={migrationId} team={null} onClose={onClose} />
    case 'edit': return <TeamDialog migrationId={migrationId} team={asked.team} onClose={onClose} />
    case 'members': return <MembersDialog migrationId={migrationId} team={asked.team} onClose={onClose} />
    case 'delete': return <DeleteTeamDialog migrationId={migrationId} team={asked.team} onClose={onClose} />
  }
}

function Teams({ migration }: { migration: Migration }) {
  const teams = useQuery({ ...teamsQuery(migration.id), refetchInterval: 15_000 })
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const whyOff = useWhyOffline()
  const [asked, setAsked] = useState<Asked | null>(null)
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  const add = admin && (
    <Group gap="xs">
      <Button size="sm" variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => setAsked({ wish: 'import' })} {...off}>Import people and teams</Button>
      <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ wish: 'add' })} {...off}>Add a team</Button>
    </Group>
  )
  return (
    <>
      <header><h1>Teams of {migration.name}</h1>{teams.data && teams.data.length > 0 && add}</header>
      <Card>
        {teams.data && teams.data.length > 0 && (
          <TeamList teams={teams.data} mayChange={admin} whyOff={whyOff} onWish={(wish, team) => setAsked({ wish, team })} />
        )}
        {teams.data?.length === 0 && <EmptyState title="No team yet" action={add}>Plans bring their teams with them; one can be made here too.</EmptyState>}
        {teams.isPending && <LoadingRows rows={8} label="Loading the teams" />}
        {teams.isError && !teams.data && <ErrorState problem={asProblem(teams.error)} onRetry={() => void teams.refetch()} />}
      </Card>
      {asked && <Dialog asked={asked} migrationId={migration.id} onClose={() => setAsked(null)} />}
    </>
  )
}

/** A migration's teams and who is in them. */
export function TeamsPage() {
  return <OfMigration>{(migration) => <Teams key={migration.id} migration={migration} />}</OfMigration>
}
