import { Text } from '@mantine/core'
import type { TeamHere } from '../../../api/types'
import { say } from '../../../ui/notify'
import { AskOnce } from '../AskOnce'
import { useDeleteTeam } from './useTeam'

/** Deletes a team nobody's plan needs; where one does, the refusal says which. */
export function DeleteTeamDialog({ migrationId, team, onClose }: { migrationId: string; team: TeamHere; onClose: () => void }) {
  const asking = useDeleteTeam(migrationId, team, () => {
    say(`${team.code} is deleted.`)
    onClose()
  })
  const people = team.members.length === 0 ? 'Nobody is in it.' : `${team.members.length} ${team.members.length === 1 ? 'person is' : 'people are'} in it; they stay, with their roles.`
  return (
    <AskOnce title={`Delete the team ${team.code}?`} button="Delete" keep="Keep it" asking={asking} onClose={onClose}>
      <Text size="sm">{people} If a plan or an iteration needs the team, it stays, and you are told which.</Text>
    </AskOnce>
  )
}
