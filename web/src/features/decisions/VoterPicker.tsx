import { CloseButton, Select, TextInput } from '@mantine/core'
import type { PersonHere } from '../../api/types'
import classes from './decisions.module.css'

export interface Voter {
  userId: string
  name: string
  role: string
}

/** In which capacity somebody is asked, until it is said otherwise: the role they have. */
const capacity = ({ roles }: PersonHere): string => (roles.at(-1) ?? 'member').replace('_', ' ')

interface Props {
  people: readonly PersonHere[]
  voters: readonly Voter[]
  onChange: (voters: Voter[]) => void
}

/** People of the migration, one by one, each with the capacity they answer in. */
export function VoterPicker({ people, voters, onChange }: Props) {
  const chosen = new Set(voters.map(({ userId }) => userId))
  const free = people.filter(({ userId, active, roles }) => active && roles.length > 0 && !chosen.has(userId))
  const add = (id: string | null) => {
    const person = people.find((one) => one.userId === id)
    if (person) onChange([...voters, { userId: person.userId, name: person.name, role: capacity(person) }])
  }
  return (
    <div>
      <Select
        label="Who is asked" placeholder={free.length === 0 ? 'Nobody else' : 'Add a person'} searchable value={null} key={voters.length} disabled={free.length === 0}
        data={free.map((person) => ({ value: person.userId, label: `${person.name} · ${capacity(person)}` }))} onChange={add}
        nothingFoundMessage="Nobody here is called that" comboboxProps={{ withinPortal: true }}
      />
      <ul className={classes.voters} aria-label="Who is asked">
        {voters.map((voter) => (
          <li key={voter.userId}>
            <b>{voter.name}</b>
            <TextInput
              size="xs" aria-label={`Capacity of ${voter.name}`} value={voter.role} maxLength={60} error={voter.role.trim() === ''}
              onChange={(event) => {
                const role = event.currentTarget.value
                onChange(voters.map((one) => (one.userId === voter.userId ? { ...one, role } : one)))
              }}
            />
            <CloseButton size="sm" aria-label={`Do not ask ${voter.name}`} onClick={() => onChange(voters.filter((one) => one !== voter))} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Without the names, as it is sent. */
export const sent = (voters: readonly Voter[]) => voters.map(({ userId, role }) => ({ userId, role: role.trim() }))
