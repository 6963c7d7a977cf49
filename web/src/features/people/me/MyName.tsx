import type { Migration, Session } from '../../../api/types'
import { roleWord } from '../../../lib/states'
import classes from '../people.module.css'

const rolesIn = ({ name, roles }: Migration): string =>
  `${name}: ${roles.length === 0 ? 'no role' : roles.map((role) => roleWord[role] ?? role).join(', ')}`

/** Who one is here, and what in which migration. */
export function MyName({ user, migrations }: { user: Session['user']; migrations: readonly Migration[] }) {
  return (
    <section className={classes.part} aria-label="Name">
      <div>
        <h2>{user.name}{user.isAdmin && ' · admin'}</h2>
        <p>{user.email}. The log names you so; an admin changes it.</p>
        {migrations.length > 0 && <ul className={classes.plain}>{migrations.map((migration) => <li key={migration.id}>{rolesIn(migration)}</li>)}</ul>}
      </div>
    </section>
  )
}
