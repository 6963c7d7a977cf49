import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { usersQuery } from '../../../api/queries'
import type { PersonHere } from '../../../api/types'

interface Props {
  there: readonly PersonHere[]
  onAdd: (person: PersonHere) => void
}

/** Finds somebody who is not in the migration yet, so that a role can be ticked for them. */
export function AddToMigration({ there, onAdd }: Props) {
  const users = useQuery(usersQuery).data ?? []
  const known = new Set(there.map(({ userId }) => userId))
  const others = users.filter(({ id, active }) => active && !known.has(id))
  return (
    <Select
      size="sm" searchable clearable={false} value={null} aria-label="Somebody who is not in this migration yet"
      placeholder={others.length === 0 ? 'Everybody is in it' : 'Somebody else: type a name'} disabled={others.length === 0}
      data={others.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))} nothingFoundMessage="Nobody is called that"
      onChange={(id) => {
        const user = others.find((one) => one.id === id)
        if (user) onAdd({ userId: user.id, name: user.name, email: user.email, phone: user.phone, active: true, roles: [], teams: [] })
      }}
    />
  )
}
