import { Checkbox, Loader } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { PersonHere, Role } from '../../../api/types'
import { roleWord } from '../../../lib/states'
import shared from '../people.module.css'
import classes from './rights.module.css'
import { type CellState, useSetRoles } from './useSetRoles'

const stateWords: Record<CellState, string> = { rest: '', saving: 'Saving', saved: 'Saved', refused: 'Not saved' }

function Mark({ state }: { state: CellState }) {
  return (
    <span className={classes.mark} data-state={state}>
      {state === 'saving' && <Loader size={12} color="gray" aria-hidden />}
      {state === 'saved' && <IconCheck size={14} stroke={2.5} aria-hidden />}
      {state === 'refused' && <IconX size={14} stroke={2.5} aria-hidden />}
      <span className="visually-hidden">{stateWords[state]}</span>
    </span>
  )
}

interface RowProps {
  migrationId: string
  person: PersonHere
  roles: readonly Role[]
  /** Why the boxes are off; null for who may tick them. */
  whyNot: string | null
}

function PersonRow({ migrationId, person, roles, whyNot }: RowProps) {
  const { held, stateOf, toggle } = useSetRoles(migrationId, person)
  return (
    <tr data-user={person.email} data-quiet={person.active ? undefined : true}>
      <th scope="row" className={shared.who}>
        <b>{person.name}</b>
        <small>{[person.active ? null : 'shut out', ...person.teams.map(({ code }) => code)].filter((word) => word !== null).join(', ')}</small>
      </th>
      {roles.map((role) => (
        <td key={role}>
          <span className={classes.cell}>
            <Checkbox
              size="xs" checked={held.includes(role)} disabled={whyNot !== null} {...(whyNot === null ? {} : { title: whyNot })}
              aria-label={`${person.name}: ${roleWord[role] ?? role}`} onChange={() => toggle(role)}
            />
            <span className={classes.roleName} aria-hidden>{roleWord[role] ?? role}</span>
            <Mark state={stateOf(role)} />
          </span>
        </td>
      ))}
    </tr>
  )
}

interface Props extends Omit<RowProps, 'person'> {
  people: readonly PersonHere[]
}

/** People × roles: a box is a role, and is saved as it is pressed. */
export function RightsGrid({ people, roles, ...rest }: Props) {
  return (
    <table className={classes.grid} aria-label="Roles">
      <thead>
        <tr><th scope="col">Person</th>{roles.map((role) => <th key={role} scope="col">{roleWord[role] ?? role}</th>)}</tr>
      </thead>
      <tbody>{people.map((person) => <PersonRow key={person.userId} person={person} roles={roles} {...rest} />)}</tbody>
    </table>
  )
}
