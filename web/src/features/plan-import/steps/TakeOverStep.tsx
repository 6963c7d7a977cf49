import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { PlanImport } from '../../../api/types'
import { paths } from '../../../lib/paths'
import { dayClock, millis } from '../../../lib/time'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useZone } from '../../../ui/zone'
import { intoWhat } from '../model/takeOver'
import { few } from '../model/words'
import classes from '../plan-import.module.css'
import { useCommit } from '../useImport'
import { UndoDialog } from './UndoDialog'

interface Props {
  found: PlanImport
  migration: { id: string; key: string; name: string }
  /** The number that a new version of the plan would get. */
  nextNumber: number | null
  /** The newest version that stands, 0 where none does. */
  newest: number | null
  off: string | null
  checking: boolean
  onCheck: () => void
  onFindings: () => void
}

function Over({ found, migration }: Props) {
  const [asked, setAsked] = useState(false)
  const { zone } = useZone()
  const { version, base } = found
  const at = millis(found.committedAt)
  const changes = found.changes ?? 0
  const when = at === null ? '' : ` on ${dayClock(at, zone)}`
  return (
    <>
      <p className={classes.done} role="status">
        <IconCircleCheck size={18} aria-hidden />
        <span>
          {version === null
            ? <><b>{changes === 0 ? 'The plan said all of this already.' : `${few(changes, 'change')} taken over.`}</b> {changes === 0 ? 'Nothing had to be changed' : 'They are the migration’s own, and made no version of the plan'}{when}.</>
            : <><b>Version {version.number} was written{when}.</b> {few(changes, 'change was', 'changes were')} taken over. {version.status === 'draft' ? 'It is a draft: another pilot approves it; then iterations can be made from it.' : `It is ${version.status} now.`}</>}
        </span>
      </p>
      {version !== null && (
        <div className={classes.buttons}>
          <Link to={paths.planVersion(migration.key, version.id)}>Open version {version.number}</Link>
          {base !== null && <Link to={paths.plans(migration.key, { base: base.id, with: version.id })}>Compare with version {base.number}</Link>}
          {(version.status === 'draft' || version.status === 'approved') && <Button size="sm" variant="default" onClick={() => setAsked(true)}>Undo this import</Button>}
        </div>
      )}
      {asked && version !== null && <UndoDialog id={found.id} fileName={found.fileName} migrationId={migration.id} version={version} base={base} onClose={() => setAsked(false)} />}
    </>
  )
}

function Undone({ found, migration }: Props) {
  const { zone } = useZone()
  const at = millis(found.undoneAt)
  const { version, base } = found
  return (
    <>
      <p className={classes.done} data-quiet role="status">
        <IconCircleCheck size={18} aria-hidden />
        <span><b>This import was undone</b> by {found.undoneBy}{at !== null && <>, {dayClock(at, zone)}</>}. {base === null ? 'The plan has no version from it any more.' : `Version ${base.number} stood again.`}</span>
      </p>
      <div className={classes.buttons}>
        {version !== null && <Link to={paths.planVersion(migration.key, version.id)}>Read version {version.number}</Link>}
        {base !== null && <Link to={paths.planVersion(migration.key, base.id)}>Open version {base.number}</Link>}
      </div>
    </>
  )
}

function Ask(props: Props) {
  const { found, migration, nextNumber, newest, off, checking, onCheck, onFindings } = props
  const commit = useCommit(found.id, migration.id)
  const total = found.diff === null ? 0 : found.diff.added + found.diff.changed + found.diff.removed
  const blocking = found.totals.blocking ?? 0
  const problem = commit.isError ? asProblem(commit.error) : null
  if (!found.canCommit) {
    return (
      <>
        <p className={classes.lead}>{blocking > 0 ? `${few(blocking, 'finding stops', 'findings stop')} it: nothing can be taken over before they are mended or their repairs accepted.` : 'It cannot be taken over as it is.'} Nothing was changed.</p>
        <div className={classes.buttons}><Button size="sm" variant="default" onClick={onFindings}>To the findings</Button></div>
      </>
    )
  }
  if (newest !== null && newest > (found.base?.number ?? 0) && problem === null && !commit.isPending) {
    return (
      <>
        <p className={classes.lead}>{found.planName} has a newer version, {newest}, since this was compared. Nothing was changed by this import. Check it again: it is then compared with the plan as it is now.</p>
        <div className={classes.buttons}><Button size="sm" loading={checking} disabled={off !== null} {...(off === null ? {} : { title: off })} onClick={onCheck}>Check again</Button></div>
      </>
    )
  }
  const changed = problem?.code === 'plan_changed'
  return (
    <>
      {!changed && intoWhat(found, migration.name, nextNumber).map((sentence) => <p key={sentence} className={classes.sentence}>{sentence}</p>)}
      {problem !== null && (
        <ProblemNotice problem={problem} onClose={() => commit.reset()} />
      )}
      <div className={classes.buttons}>
        {changed
          ? <Button size="sm" loading={checking} onClick={() => { commit.reset(); onCheck() }}>Check again</Button>
          : <Button size="sm" loading={commit.isPending} disabled={off !== null} {...(off === null ? {} : { title: off })} onClick={() => commit.mutate()}>{total === 0 ? 'Finish: nothing to change' : `Take over ${few(total, 'change')}`}</Button>}
      </div>
    </>
  )
}

/** The last step: into which plan, as which version; then what came of it, and the way back. */
export function TakeOverStep(props: Props) {
  const { state } = props.found
  return (
    <div className={classes.step}>
      <h2>Take over</h2>
      {state === 'committed' ? <Over {...props} /> : state === 'undone' ? <Undone {...props} /> : <Ask {...props} />}
    </div>
  )
}
