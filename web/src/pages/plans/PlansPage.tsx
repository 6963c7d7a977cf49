import { Button, Code } from '@mantine/core'
import { IconBulb, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { proposalsQuery } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { migrationsQuery, plansQuery } from '../../api/queries'
import type { Migration, Plan, PlanVersion } from '../../api/types'
import { PlanCard } from '../../features/migrations/PlanCard'
import { wordOf } from '../../features/plan-editor/model/fields'
import { ImportList } from '../../features/plan-import/ImportList'
import { PlanImport } from '../../features/plan-import/PlanImport'
import { PilotsOnly } from '../../features/plan-import/PilotsOnly'
import { before } from '../../features/plans/compare'
import { CompareVersions } from '../../features/plans/CompareVersions'
import { ExportVersion } from '../../features/plans/ExportVersion'
import { NewDraftDialog } from '../../features/plans/NewDraftDialog'
import { paths, type PlansSearch } from '../../lib/paths'
import { Card } from '../../ui/Card'
import { say } from '../../ui/notify'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'
import classes from './plans-page.module.css'

/** The newest version that was not taken back. */
const standing = (plan: Plan): PlanVersion | undefined => plan.versions.find(({ status }) => status !== 'undone')

/** Whatever is proposed is answered in the draft; without one it is read in the newest version. */
function OpenProposals({ plan }: { plan: Plan }) {
  const open = useQuery(proposalsQuery(plan.id)).data?.length
  const at = plan.versions.find(({ status }) => status === 'draft') ?? standing(plan)
  if (open === undefined || !at) return null
  if (open === 0) return <span className="dim">No open proposals</span>
  return (
    <Link to={paths.planVersion(plan.migrationKey, at.id, { tab: 'proposals' })} className={classes.proposals ?? ''}>
      <IconBulb size={15} aria-hidden /> {open} open {open === 1 ? 'proposal' : 'proposals'}
    </Link>
  )
}

interface Props {
  plan: Plan
  migration: Migration
  search: PlansSearch
  onSearch: (search: PlansSearch) => void
}

function OnePlan({ plan, migration, search, onSearch }: Props) {
  const navigate = useNavigate()
  const whyOff = useWhyOffline()
  const [from, setFrom] = useState<PlanVersion | null>(null)
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  const pilot = migration.roles.includes('pilot')
  const hasDraft = plan.versions.some(({ status }) => status === 'draft')
  const base = plan.versions.find(({ status }) => status === 'approved') ?? standing(plan)
  const mine = plan.versions.some(({ id }) => id === search.base || id === search.with) ? search : {}
  const aside = (
    <span className={classes.aside}>
      <OpenProposals plan={plan} />
      {pilot && base && !hasDraft && <Button leftSection={<IconPlus size={15} aria-hidden />} {...off} onClick={() => setFrom(base)}>New draft</Button>}
    </span>
  )
  const actionOf = (version: PlanVersion) => {
    const older = before(plan.versions, version)
    return older && <Button variant="default" onClick={() => onSearch({ base: older.id, with: version.id })} aria-label={`Changes from version ${older.number} to ${version.number}`}>Since v{older.number}</Button>
  }
  return (
    <Card className={classes.section}>
      <PlanCard plan={plan} zone={migration.zone} whole aside={aside} actionOf={actionOf} exportOf={({ id }, button) => <ExportVersion id={id} target={button} />}>
        {plan.versions.length > 1 && <CompareVersions migrationKey={plan.migrationKey} versions={plan.versions} search={mine} onSearch={onSearch} word={wordOf} />}
      </PlanCard>
      {from && (
        <NewDraftDialog
          plan={plan} from={from} onClose={() => setFrom(null)}
          onMade={({ id, number }) => {
            say(`Version ${number} is begun as a draft.`)
            void navigate({ href: paths.planVersion(plan.migrationKey, id) })
          }}
        />
      )}
    </Card>
  )
}

function Plans({ migration, search }: { migration: Migration; search: PlansSearch }) {
  useMigrationZone(migration.zone)
  const navigate = useNavigate()
  const plans = useQuery({ ...plansQuery(migration.id), refetchInterval: 15_000 })
  const pilot = migration.roles.includes('pilot')
  const go = (next: PlansSearch) => void navigate({ href: paths.plans(migration.key, next), resetScroll: false })
  return (
    <>
      <Link to={paths.migration(migration.key)} className={classes.crumb ?? ''}>{migration.name}</Link>
      <h1>Plans</h1>
      <div className={classes.cards}>
        {plans.isPending && <LoadingRows rows={5} label="Loading the plans" />}
        {plans.isError && !plans.data && <ErrorState problem={asProblem(plans.error)} onRetry={() => void plans.refetch()} />}
        {plans.data?.length === 0 && <EmptyState title="No plan yet">{pilot ? 'Drop a plan below.' : 'A pilot imports one.'}</EmptyState>}
        {plans.data?.map((plan) => <OnePlan key={plan.id} plan={plan} migration={migration} search={search} onSearch={go} />)}
        {!pilot && plans.data && <PilotsOnly migrationKey={migration.key} />}
        {pilot && plans.data && (
          <Card className={classes.section} aria-label="Import a plan">
            <PlanImport migrationId={migration.id} migrationKey={migration.key} />
            <ImportList migration={migration} />
            <p className={classes.lead}>On the server: <Code>tminus plan import FILE --migration {migration.key}</Code></p>
          </Card>
        )}
      </div>
    </>
  )
}

/** /migrations/$key/plans: the plans of a migration with all their versions, held against each other. */
export function PlansPage() {
  const { key } = useParams({ from: '/signed-in/migrations/$key/plans' })
  const search: PlansSearch = useSearch({ from: '/signed-in/migrations/$key/plans' })
  const migrations = useQuery(migrationsQuery)
  const migration = migrations.data?.find((one) => one.key === key || one.id === key)
  return (
    <div className={classes.page}>
      {migration && <Plans migration={migration} search={search} />}
      {migrations.data && !migration && (
        <EmptyState title={`There is no migration ${key} here`}>Either nothing has that name, or you have no rights to see it. An admin can say which.</EmptyState>
      )}
      {migrations.isPending && <LoadingRows rows={8} label="Loading the plans" />}
      {migrations.isError && !migrations.data && <ErrorState problem={asProblem(migrations.error)} onRetry={() => void migrations.refetch()} />}
    </div>
  )
}
