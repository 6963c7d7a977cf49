import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useWhyOffline } from '../../api/live/context'
import { planVersionQuery, type PlanWhole, proposalsQuery } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { migrationsQuery, plansQuery, sessionQuery } from '../../api/queries'
import { valueText, wordOf } from '../../features/plan-editor/model/fields'
import { PlanEditor } from '../../features/plan-editor/PlanEditor'
import { Catalogue } from '../../features/plans/Catalogue'
import { ProposalList } from '../../features/plans/ProposalList'
import { type EditorSearch, paths } from '../../lib/paths'
import { rehearsalsPath } from '../../lib/rehearsalPaths'
import { ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'
import classes from './plans-page.module.css'
import { useVersionActs, VersionActs } from './VersionActs'

/** The draft of the version's plan, wherever it is; null where there is none. */
function useDraft({ id, number, status, migrationId, planId, allowedActions }: PlanWhole): { id: string; number: number } | null {
  const versions = useQuery(plansQuery(migrationId)).data?.find((plan) => plan.id === planId)?.versions
  if (status === 'draft') return { id, number }
  // The list may be older than the version: where a draft may be begun, there is none.
  if (allowedActions.includes('newDraft')) return null
  return versions?.find((one) => one.status === 'draft' && one.id !== id) ?? null
}

const unchanging = { approved: 'is approved: it never changes again', superseded: 'is superseded: it stays as it was', undone: 'was taken back with its import: it can be read and compared' } as const

/** Why a version cannot be edited, and what can be done instead; null where it can. */
function Why({ plan, draft, whyOff, onNewDraft }: { plan: PlanWhole; draft: { id: string; number: number } | null; whyOff: string | null; onNewDraft: () => void }) {
  if (plan.status === 'draft') return <div>{whyOff ?? 'You can read this draft. Pilots of the migration edit it.'}</div>
  return (
    <div>
      <span>{whyOff ?? `Version ${plan.number} ${unchanging[plan.status]}.`}</span>
      {draft && <Link to={paths.planVersion(plan.migrationKey, draft.id)}>Open the draft, version {draft.number}</Link>}
      {!draft && plan.allowedActions.includes('newDraft') && <Button variant="light" disabled={whyOff !== null} onClick={onNewDraft}>New draft from this version</Button>}
      {plan.iterations.length > 0 && (
        <span className={classes.made}>
          Made from it: {plan.iterations.map(({ id, name }) => <Link key={id} to={paths.runsheet(plan.migrationKey, name)}>{name}</Link>)}
          <Link to={rehearsalsPath(plan.migrationKey, plan.planId)}>Rehearsals side by side</Link>
        </span>
      )}
    </div>
  )
}

/** Where proposals are accepted, when not here. */
function WhyNotHere({ plan, draft }: { plan: PlanWhole; draft: { id: string; number: number } | null }) {
  if (!draft) return 'Proposals are accepted into a draft: make one from this version first.'
  return <>Proposals are accepted into the draft: <Link to={paths.planVersion(plan.migrationKey, draft.id, { tab: 'proposals' })}>open version {draft.number}</Link>.</>
}

function Opened({ plan, search }: { plan: PlanWhole; search: EditorSearch }) {
  const navigate = useNavigate()
  const whyOff = useWhyOffline()
  const draft = useDraft(plan)
  const acts = useVersionActs(plan)
  const roles = useQuery(migrationsQuery).data?.find(({ id }) => id === plan.migrationId)?.roles ?? []
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const open = useQuery(proposalsQuery(plan.planId)).data?.length ?? 0
  const pilot = roles.includes('pilot')
  const mayEdit = plan.allowedActions.includes('edit')
  const go = (next: EditorSearch, replace: boolean) => void navigate({ href: paths.planVersion(plan.migrationKey, plan.id, next), replace })
  return (
    <>
      <PlanEditor
        plan={plan} search={search} onSearch={go} offline={whyOff !== null} openProposals={open}
        actions={<VersionActs plan={plan} acts={acts} whyOff={whyOff} />}
        why={mayEdit && whyOff === null ? null : <Why plan={plan} draft={draft} whyOff={whyOff} onNewDraft={() => acts.ask('newDraft')} />}
        catalogue={<Catalogue migrationId={plan.migrationId} mayChange={pilot || admin} whyOff={whyOff} />}
        proposals={
          <ProposalList
            planId={plan.planId} draft={mayEdit ? plan : null} whyNot={<WhyNotHere plan={plan} draft={draft} />} mayDecide={pilot} whyOff={whyOff}
            onOpen={(item) => go({ item }, false)} words={{ field: wordOf, value: valueText }}
          />
        }
      />
      {acts.dialog}
    </>
  )
}

/** /migrations/$key/plans/$id: a version of a plan, read or edited. */
export function PlanVersionPage() {
  const { id } = useParams({ from: '/signed-in/migrations/$key/plans/$id' })
  const search: EditorSearch = useSearch({ from: '/signed-in/migrations/$key/plans/$id' })
  const version = useQuery(planVersionQuery(id))
  useMigrationZone(version.data?.zone)
  const problem = version.isError ? asProblem(version.error) : null
  // What was removed or may no longer be seen is not shown on; what could not be asked for just now is.
  if (problem && (!version.data || [403, 404].includes(problem.status))) {
    return <div className={classes.page}><ErrorState problem={problem} onRetry={() => void version.refetch()} /></div>
  }
  if (version.data) return <Opened key={id} plan={version.data} search={search} />
  return <LoadingRows rows={18} label="Loading the plan" />
}
