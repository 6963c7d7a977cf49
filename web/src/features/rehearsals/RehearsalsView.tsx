import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { InsightAccepted, Rehearsals } from '../../api/rehearsals'
import { paths } from '../../lib/paths'
import type { RehearsalSearch } from '../../lib/rehearsalPaths'
import { EmptyState } from '../../ui/states'
import { type Column, columnsOf, rowsOf } from './compare'
import { GridBar } from './GridBar'
import { InsightList } from './InsightList'
import { RehearsalGrid } from './RehearsalGrid'
import classes from './page.module.css'

interface Props {
  all: Rehearsals
  search: RehearsalSearch
  whyOff: string | null
  onSearch: (search: RehearsalSearch) => void
}

/** What is not beside the others, and why: an iteration that has not begun, or is the only one. */
function notes(all: Rehearsals, columns: readonly Column[]): string[] {
  const waiting = all.iterations.filter(({ startedAt }) => startedAt === null).map(({ name }) => name)
  const running = all.iterations.filter(({ startedAt, learnedFrom }) => startedAt !== null && !learnedFrom).map(({ name }) => name)
  return [
    ...(columns.length === 1 ? ['Only one iteration has run: there is nothing to hold it against but the plan.'] : []),
    ...(waiting.length > 0 ? [`Not begun: ${waiting.join(', ')}.`] : []),
    ...(running.length > 0 ? [`Not over, so nothing is learned from it yet: ${running.join(', ')}.`] : []),
  ]
}

function Accepted({ accepted, migrationKey }: { accepted: InsightAccepted; migrationKey: string }) {
  const { versionId, versionNumber, proposal } = accepted
  return (
    <p className={classes.accepted} role="status">
      What {proposal.stepCode} taught is in the draft. <Link to={paths.planVersion(migrationKey, versionId, { item: proposal.stepCode, side: 'edits' })}>Open version {versionNumber}</Link>
    </p>
  )
}

/** The grid beside what it teaches; on a narrow screen above it. */
export function RehearsalsView({ all, search, whyOff, onSearch }: Props) {
  const [accepted, setAccepted] = useState<InsightAccepted | null>(null)
  const columns = useMemo(() => columnsOf(all), [all])
  const rows = useMemo(() => rowsOf(all, columns, search), [all, columns, search])
  if (columns.length === 0) {
    return (
      <EmptyState title="No iteration of this plan has begun">
        {all.iterations.length === 0 ? 'Make a run from an approved version; once it has begun, it stands here step by step.' : `${all.iterations.map(({ name }) => name).join(', ')}: once one has begun, it stands here step by step.`}
      </EmptyState>
    )
  }
  return (
    <div className={classes.both}>
      <section className={classes.grid} aria-label="Iterations side by side">
        <GridBar all={all} columns={columns} search={search} onSearch={onSearch} />
        {notes(all, columns).map((note) => <p key={note} className={classes.note}>{note}</p>)}
        {rows.length === 0
          ? <EmptyState title="No such step">No step of these iterations {search.show === 'slower' ? 'took longer than planned' : `was ${search.show ?? 'there'}`}.</EmptyState>
          : <RehearsalGrid all={all} columns={columns} rows={rows} view={`${search.show ?? ''} ${search.sort ?? ''}`} />}
      </section>
      <aside className={classes.aside} aria-label="What the plan can learn">
        <h2>What the plan can learn</h2>
        {accepted && <Accepted accepted={accepted} migrationKey={all.migrationKey} />}
        <InsightList all={all} whyOff={whyOff} onAccepted={setAccepted} />
      </aside>
    </div>
  )
}
