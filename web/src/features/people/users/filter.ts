/** Which people a list shows. Pure. */
import type { User } from '../../../api/types'
import type { SettingsSearch } from '../../../lib/paths'

/** Those who have every word that is asked for in name, address or number, by name; the shut out last. */
export function shownOf(users: readonly User[], { q = '', show }: Pick<SettingsSearch, 'q' | 'show'>): User[] {
  const words = q.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return users
    .filter((user) => (show === 'admins' ? user.isAdmin : show === 'shut-out' ? !user.active : true))
    .filter((user) => {
      const text = `${user.name} ${user.email} ${user.phone ?? ''}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name))
}
