import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { sessionQuery } from '../../api/queries'
import { paths, type SettingsSection } from '../../lib/paths'
import classes from './settings.module.css'
import { useChosenMigration } from './useChosenMigration'

const perMigration: readonly SettingsSection[] = ['rights', 'teams', 'substitutes', 'messages']
const words: Record<SettingsSection, string> = {
  me: 'Me', tokens: 'My tokens', people: 'People', rights: 'Rights', teams: 'Teams', substitutes: 'Substitutes', messages: 'Messages',
}

function Ways({ sections, migration }: { sections: readonly SettingsSection[]; migration?: string | undefined }) {
  return sections.map((section) => (
    <Link key={section} to={`/settings/${section}`} search={migration === undefined ? {} : { migration }} activeOptions={{ includeSearch: false }}>
      {words[section]}
    </Link>
  ))
}

/** Which migration the sections below it are about; it stands in the address. */
function MigrationChoice({ section }: { section: SettingsSection }) {
  const { migrations, chosen } = useChosenMigration()
  const navigate = useNavigate()
  if (!chosen || migrations.length < 2) return <small className={classes.group}>{chosen?.name ?? 'Migration'}</small>
  const used = perMigration.includes(section)
  return (
    <div className={classes.choice} data-idle={used ? undefined : true}>
      <NativeSelect
        aria-label="Migration" size="xs" value={chosen.key} data={migrations.map(({ key, name }) => ({ value: key, label: name }))}
        onChange={(event) => void navigate({ href: paths.settings(used ? section : 'rights', { migration: event.currentTarget.value }) })}
      />
    </div>
  )
}

/** What surrounds each section of settings: the ways to the others. */
export function SettingsPage() {
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const where = useRouterState({ select: (state) => state.location.pathname })
  const section = (where.split('/')[2] ?? 'me') as SettingsSection
  const { chosen } = useChosenMigration()
  return (
    <div className={classes.frame}>
      <nav className={classes.ways} aria-label="Settings">
        <small className={classes.group}>You</small>
        <Ways sections={['me', 'tokens']} />
        {admin && <><small className={classes.group}>Everybody</small><Ways sections={['people']} /></>}
        <MigrationChoice section={section} />
        <Ways sections={perMigration} migration={chosen?.key} />
      </nav>
      <div className={classes.page}><Outlet /></div>
    </div>
  )
}
