import { Button, Code } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { plansQuery } from '../../api/queries'
import type { Migration, Plan, PlanVersion } from '../../api/types'
import { NewIterationDialog } from '../../features/iteration-new/NewIterationDialog'
import { ApproveDialog } from '../../features/migrations/ApproveDialog'
import { PlanCard } from '../../features/migrations/PlanCard'
import { PlanImport } from '../../features/plan-import/PlanImport'
import { ExportVersion } from '../../features/plans/ExportVersion'
import { paths } from '../../lib/paths'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useZoneOf } from '../../ui/zone'
import classes from './page.module.css'

interface Asked {
  what: 'approve' | 'new'
  plan: Plan
  version: PlanVersion
}

function Action({ version, whyOff, onAsk }: { version: PlanVersion; whyOff: string | null; onAsk: (what: Asked['what']) => void }): ReactNode {
  if (version.status === 'superseded' || version.status === 'undone') return null
  const draft = version.status === 'draft'
  return (
    <Button
      variant={draft ? 'default' : 'light'} disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
      onClick={() => onAsk(draft ? 'approve' : 'new')}
    >
      {draft ? 'Approve' : 'New iteration'}
    </Button>
  )
}

function Dialog({ asked, migration, onClose }: { asked: Asked; migration: Migration; onClose: () => void }) {
  const zone = useZoneOf(migration.zone)
  if (asked.what === 'approve') return <ApproveDialog plan={asked.plan} version={asked.version} onClose={onClose} />
  return (
    <NewIterationDialog
      plan={asked.plan} version={asked.version} zone={zone} onClose={onClose}
      taken={migration.iterations.map(({ name }) => name)}
    />
  )
}

/** The plans of a migration, their versions, and the way in for another file. */
export function PlansSection({ migration, pilot }: { migration: Migration; pilot: boolean }) {
  const plans = useQuery(plansQuery(migration.id))
  const whyOff = useWhyOffline()
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <Card className={classes.section} aria-label="Plans">
      <header><h2>Plans</h2><Link to={paths.plans(migration.key)} className={classes.crumb ?? ''}>All plans, compare, proposals</Link></header>
      {plans.isPending && <LoadingRows rows={3} label="Loading the plans" />}
      {plans.isError && !plans.data && <ErrorState problem={asProblem(plans.error)} onRetry={() => void plans.refetch()} />}
      {plans.data?.length === 0 && (
        <EmptyState title="No plan yet">
          {pilot ? 'Drop a plan below, or run' : 'A pilot imports one with'} <Code>tminus plan import FILE --migration {migration.key}</Code>
        </EmptyState>
      )}
      {plans.data?.map((plan) => (
        <PlanCard
          key={plan.id} plan={plan} zone={migration.zone}
          exportOf={({ id }, button) => <ExportVersion id={id} target={button} />}
          actionOf={(version) => pilot && <Action version={version} whyOff={whyOff} onAsk={(what) => setAsked({ what, plan, version })} />}
        />
      ))}
      {pilot && plans.data && <PlanImport migrationId={migration.id} migrationKey={migration.key} />}
      {asked && <Dialog asked={asked} migration={migration} onClose={() => setAsked(null)} />}
    </Card>
  )
}
