import type { Migration } from '../../api/types'
import { millis } from '../../lib/time'
import type { Upcoming } from './NothingNow'

/** The scheduled iteration that begins first, over all migrations one may see. */
export function upcomingOf(migrations: readonly Migration[]): Upcoming | null {
  const scheduled = migrations.flatMap((migration) =>
    migration.iterations
      .filter((iteration) => iteration.state === 'scheduled')
      .map((iteration) => ({ iteration, migrationName: migration.name, zone: migration.zone })),
  )
  const start = ({ iteration }: Upcoming): number => millis(iteration.plannedStart) ?? Number.POSITIVE_INFINITY
  return scheduled.toSorted((a, b) => start(a) - start(b))[0] ?? null
}
