import { Button, Group, MultiSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../../api/problem'
import { usersQuery } from '../../../api/queries'
import type { TeamHere } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { say } from '../../../ui/notify'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { LoadingRows } from '../../../ui/states'
import { useSetMembers } from './useTeam'

/** Who may be chosen: whoever is active, and whoever is in the team already. */
function useChoices(team: TeamHere): { value: string; label: string }[] | undefined {
  const users = useQuery(usersQuery).data
  if (!users) return undefined
  const active = users.filter((user) => user.active).map(({ id, name }) => ({ value: id, label: name }))
  const others = team.members.filter(({ id }) => !active.some(({ value }) => value === id)).map(({ id, name }) => ({ value: id, label: name }))
  return [...active, ...others].toSorted((a, b) => a.label.localeCompare(b.label))
}

function Body({ migrationId, team, onClose }: Props) {
  const was = team.members.map(({ id }) => id)
  const [start] = useState(was)
  const [chosen, setChosen] = useState(was)
  const choices = useChoices(team)
  const save = useSetMembers(migrationId, team, ({ members }) => {
    say(members.length === 0 ? `${team.code} has nobody in it.` : `${team.code} has ${members.length} ${members.length === 1 ? 'member' : 'members'}.`)
    onClose()
  })
  if (!choices) return <LoadingRows rows={3} label="Loading the people" />
  return (
    <Stack gap="sm">
      <Text size="sm">Members do the team’s steps and get its messages. To act they need a role in the migration too.</Text>
      <MultiSelect
        data-autofocus label="Members" size="sm" searchable clearable hidePickedOptions maxDropdownHeight={220} data={choices} value={chosen}
        // Upwards, so that the list does not lie over the buttons.
        comboboxProps={{ position: 'top' }} onChange={setChosen} placeholder={chosen.length === 0 ? 'Type a name' : ''} nothingFoundMessage="Nobody is called that"
      />
      {chosen.length === 0 && <Text size="sm" c="var(--t-amber)">Nobody is left in it: its steps wait, and its messages reach nobody.</Text>}
      {save.error && <ProblemNotice problem={asProblem(save.error)} />}
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
        <Button size="sm" loading={save.isPending} onClick={() => save.mutate({ userIds: chosen, was: start })}>Save</Button>
      </Group>
    </Stack>
  )
}

interface Props {
  migrationId: string
  team: TeamHere
  onClose: () => void
}

/** Who is in a team, as one list. What somebody else changed meanwhile is not overwritten: the server says so. */
export function MembersDialog(props: Props) {
  return (
    <Dialog onClose={props.onClose} title={`Who is in ${props.team.code}`}>
      <Body {...props} />
    </Dialog>
  )
}
