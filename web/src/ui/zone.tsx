import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

export type ZoneChoice = 'migration' | 'mine' | 'utc'

interface ZoneState {
  choice: ZoneChoice
  /** The zone every time on screen is shown in (an IANA name). */
  zone: string
  migrationZone: string | null
  choose: (choice: ZoneChoice) => void
  setMigrationZone: (zone: string | null) => void
}

const mine = new Intl.DateTimeFormat().resolvedOptions().timeZone
const storageKey = 'tminus-zone'

const ZoneContext = createContext<ZoneState>({
  choice: 'mine', zone: mine, migrationZone: null, choose: () => undefined, setMigrationZone: () => undefined,
})

function remembered(): ZoneChoice {
  const kept = localStorage.getItem(storageKey)
  return kept === 'mine' || kept === 'utc' ? kept : 'migration'
}

/** One zone switch for the whole page: the migration's, mine or UTC. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<ZoneChoice>(remembered)
  const [migrationZone, setMigrationZone] = useState<string | null>(null)
  const state = useMemo<ZoneState>(
    () => ({
      choice,
      migrationZone,
      zone: choice === 'utc' ? 'UTC' : choice === 'mine' ? mine : (migrationZone ?? mine),
      choose: (next) => {
        localStorage.setItem(storageKey, next)
        setChoice(next)
      },
      setMigrationZone,
    }),
    [choice, migrationZone],
  )
  return <ZoneContext value={state}>{children}</ZoneContext>
}

export const useZone = (): ZoneState => useContext(ZoneContext)

/** The zone that is meant for times of one migration, where a page shows several at once. */
export function useZoneOf(migrationZone: string): string {
  const { choice, zone } = useZone()
  return choice === 'migration' ? migrationZone : zone
}

/** The zone of all of them, where they share one; else none is *the* migration's. */
export function onlyZone(migrations: readonly { zone: string }[]): string | undefined {
  const zones = new Set(migrations.map(({ zone }) => zone))
  return zones.size === 1 ? [...zones][0] : undefined
}

/** Says which migration's zone *migration's* means, while the caller is on screen. */
export function useMigrationZone(zone: string | undefined): void {
  const { setMigrationZone } = useZone()
  useEffect(() => {
    if (zone === undefined) return
    setMigrationZone(zone)
    return () => setMigrationZone(null)
  }, [zone, setMigrationZone])
}
