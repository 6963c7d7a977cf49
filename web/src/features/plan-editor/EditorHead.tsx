import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconHistory, IconListCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PlanWhole } from '../../api/plan'
import { type EditorSearch, type EditorTab, paths } from '../../lib/paths'
import { VersionMark } from '../../ui/VersionMark'
import classes from './editor.module.css'
import { stepCount } from './model/rows'
import type { useHistory } from './useHistory'

interface Props {
  plan: PlanWhole
  search: EditorSearch
  history: ReturnType<typeof useHistory>
  go: (change: Partial<Record<keyof EditorSearch, string | undefined>>) => void
  /** Approve, discard, new draft: what may be done to the version as a whole. */
  actions: ReactNode
  openProposals: number
}

const tabWords: Record<EditorTab, string> = {
  steps: 'Steps', network: 'Network', controls: 'Controls', types: 'Types', catalogue: 'Catalogue', proposals: 'Proposals',
}

function Titles({ plan }: { plan: PlanWhole }) {
  const steps = stepCount(plan)
  return (
    <div className={classes.titles}>
      <Link to={paths.plans(plan.migrationKey)} className={classes.crumb ?? ''}>Plans of {plan.migrationKey}</Link>
      <div>
        <h1>{plan.planName} <span className="num">v{plan.number}</span></h1>
        <VersionMark status={plan.status} />
        <small className="num">{steps.toLocaleString('en')} {steps === 1 ? 'step' : 'steps'} · by {plan.createdBy}{plan.basedOn ? ` · from v${plan.basedOn.number}` : ''}</small>
      </div>
    </div>
  )
}

function Sides({ plan, search, go }: Pick<Props, 'plan' | 'search' | 'go'>) {
  const errors = plan.findings.filter(({ severity }) => severity === 'error').length
  const toggle = (side: 'findings' | 'edits') => () => go({ side: search.side === side ? undefined : side, tab: undefined })
  return (
    <>
      <Button
        variant={search.side === 'findings' ? 'light' : 'default'} color={errors > 0 ? 'red' : 'gray'} leftSection={<IconListCheck size={15} aria-hidden />} aria-pressed={search.side === 'findings'} onClick={toggle('findings')}
      >
        {plan.findings.length === 0 ? 'No findings' : `${plan.findings.length} ${plan.findings.length === 1 ? 'finding' : 'findings'}`}{errors > 0 && `, ${errors} ${errors === 1 ? 'error' : 'errors'}`}
      </Button>
      <Button variant={search.side === 'edits' ? 'light' : 'default'} leftSection={<IconHistory size={15} aria-hidden />} aria-pressed={search.side === 'edits'} onClick={toggle('edits')}>Edits</Button>
    </>
  )
}

function UndoButtons({ history }: Pick<Props, 'history'>) {
  const { undoable, redoable, busy, undo, redo } = history
  return (
    <>
      <Tooltip label={undoable ? `Undo: ${undoable.title}` : 'Nothing of yours to undo'}>
        <ActionIcon variant="default" size={30} {...(undoable ? {} : { 'data-disabled': true })} loading={busy} aria-label="Undo" onClick={undo}><IconArrowBackUp size={16} /></ActionIcon>
      </Tooltip>
      <Tooltip label={redoable ? `Redo what was undone: ${redoable.title}` : 'Nothing to redo'}>
        <ActionIcon variant="default" size={30} {...(redoable ? {} : { 'data-disabled': true })} aria-label="Redo" onClick={redo}><IconArrowForwardUp size={16} /></ActionIcon>
      </Tooltip>
    </>
  )
}

/** What version this is, what may be done to it, and the ways to its parts. */
export function EditorHead({ plan, search, history, go, actions, openProposals }: Props) {
  const tab = search.tab ?? 'steps'
  const counts: Partial<Record<EditorTab, number>> = { controls: plan.controls.length, types: plan.types.length, proposals: openProposals }
  return (
    <>
      <header className={classes.head}>
        <Titles plan={plan} />
        <div className={classes.acts}>
          {plan.allowedActions.includes('edit') && <UndoButtons history={history} />}
          <Sides plan={plan} search={search} go={go} />
          {actions}
        </div>
      </header>
      <nav className={classes.tabs} aria-label="Parts of the plan">
        {(Object.keys(tabWords) as EditorTab[]).map((one) => (
          <Link key={one} activeOptions={{ exact: true, includeSearch: true }} to={paths.planVersion(plan.migrationKey, plan.id, one === 'steps' ? {} : { tab: one })} aria-current={tab === one ? 'page' : undefined}>
            {tabWords[one]}{(counts[one] ?? 0) > 0 && <> <b className="num">{counts[one]}</b></>}
          </Link>
        ))}
      </nav>
    </>
  )
}
