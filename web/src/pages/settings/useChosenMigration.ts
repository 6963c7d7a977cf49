import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { migrationsQuery } from '../../api/queries'
import type { Migration } from '../../api/types'

interface Chosen {
  migrations: readonly Migration[]
  /** The one in the address, else the first one; undefined while unknown, or where the address names none of them. */
  chosen: Migration | undefined
  /** What the address names although one may not see it, or it is not there. */
  missing: string | null
}

/** Which migration a section of settings is about. */
export function useChosenMigration(): Chosen {
  const { migration: asked } = useSearch({ from: '/signed-in/settings' })
  const migrations = useQuery(migrationsQuery).data ?? []
  const found = asked === undefined ? migrations[0] : migrations.find(({ key, id }) => key === asked || id === asked)
  return { migrations, chosen: found, missing: asked !== undefined && migrations.length > 0 && !found ? asked : null }
}
