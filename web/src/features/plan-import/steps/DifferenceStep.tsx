import { Button, SegmentedControl, Select } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { importChangesQuery, importOutlineQuery } from '../../../api/planImports'
import { asProblem } from '../../../api/problem'
import type { Change, ImportOutline, PlanImport } from '../../../api/types'
import { ErrorState, LoadingRows } from '../../../ui/states'
import { LongList } from '../LongList'
import { lackingOf } from '../model/kinds'
import { heldAgainst } from '../model/takeOver'
import { changes, few, kindsWord, signs } from '../model/words'
import classes from '../plan-import.module.css'
import own from './difference.module.css'
import { ChangeLine, Counts } from './ChangeLine'
import { DifferenceTree } from './DifferenceTree'

const byPlace = 'place'

/** Everything of one kind, in the plan's order. */
function OfKind({ id, kind, change }: { id: string; kind: string; change: Change | undefined }) {
  const found = useInfiniteQuery(importChangesQuery(id, kind, change))
  if (found.isError && !found.data) return <ErrorState problem={asProblem(found.error)} onRetry={() => void found.refetch()} />
  if (!found.data) return <LoadingRows rows={5} label="Loading the difference" />
  const rows = found.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <p className={classes.lead}>Of these, nothing is {change ?? 'different'}.</p>
  return (
    <LongList
      label={kindsWord(kind)} rows={rows} idOf={({ code }) => code} height={32} render={(one) => <div className={own.treeRow}><ChangeLine of={one} kind={false} /></div>}
      onEnd={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : undefined}
    />
  )
}

/** What changes of each kind: pressing one lists it. */
function Kinds({ outline, chosen, tree, onChoose }: { outline: ImportOutline; chosen: string; tree: boolean; onChoose: (kind: string) => void }) {
  return (
    <ul className={own.beside} aria-label="Changes by kind">
      {tree && <li><button type="button" aria-pressed={chosen === byPlace} onClick={() => onChoose(byPlace)}><span>By place in the plan</span></button></li>}
      {outline.kinds.map((one) => (
        <li key={one.kind}>
          <button type="button" aria-pressed={chosen === one.kind} data-of={one.kind} onClick={() => onChoose(one.kind)}><span>{kindsWord(one.kind)}</span><Counts of={one} /></button>
        </li>
      ))}
    </ul>
  )
}

function WhyNone({ found, onFindings }: { found: PlanImport; onFindings: () => void }) {
  const blocking = found.totals.blocking ?? 0
  if (blocking === 0) return <p className={classes.lead}>It is not worked out yet.</p>
  return (
    <>
      <p className={classes.lead}>What would change can be said only when nothing stops the import: {few(blocking, 'finding does', 'findings do')}.</p>
      <div className={classes.buttons}><Button size="sm" variant="default" onClick={onFindings}>To the findings</Button></div>
    </>
  )
}

/** What taking the files over would change: by place in the plan, or kind by kind. */
export function DifferenceStep({ found, nextNumber, onFindings }: { found: PlanImport; nextNumber: number | null; onFindings: () => void }) {
  const [change, setChange] = useState<Change | 'all'>('all')
  const isOpen = found.state === 'checked'
  const [view, setView] = useState<string>(byPlace)
  const outline = useQuery({ ...importOutlineQuery(found.id), enabled: found.diff !== null })
  const { diff } = found
  if (diff === null) return <div className={classes.step}><h2>Difference</h2><WhyNone found={found} onFindings={onFindings} /></div>
  const total = diff.added + diff.changed + diff.removed
  const of = change === 'all' ? undefined : change
  // Once it is over, what was staged is gone, and with it where everything stood.
  const kind = !isOpen && view === byPlace ? (outline.data?.kinds.find((one) => one.kind === 'step') ?? outline.data?.kinds[0])?.kind : view
  return (
    <div className={classes.step}>
      <h2>Difference</h2>
      <p className={classes.lead} role="status">
        {heldAgainst(found, nextNumber)}{' '}
        {diff.unchanged > 0 && <span className="num">{found.base === null ? `${few(diff.unchanged, 'thing')} of the migration ${diff.unchanged === 1 ? 'stays' : 'stay'} as ${diff.unchanged === 1 ? 'it is' : 'they are'}.` : `${diff.unchanged.toLocaleString('en')} unchanged.`}</span>}
      </p>
      {lackingOf(found.lacking).map((said) => <p key={said} className={classes.lead}>{said}</p>)}
      {total > 0 && (
        <>
          <SegmentedControl
            size="xs" className={own.filter ?? ''} aria-label="Which differences" value={change} onChange={(value) => setChange(value)}
            data={[{ value: 'all', label: `All ${total.toLocaleString('en')}` }, ...changes.map((one) => ({ value: one, label: `${signs[one].word} ${diff[one].toLocaleString('en')}` }))]}
          />
          {outline.data && (
            <Select
              className={own.narrowOnly ?? ''} size="xs" aria-label="Kind" allowDeselect={false} value={kind ?? byPlace} onChange={(value) => setView(value ?? byPlace)}
              data={[...(isOpen ? [{ value: byPlace, label: 'By place in the plan' }] : []), ...outline.data.kinds.map((one) => ({ value: one.kind, label: kindsWord(one.kind) }))]}
            />
          )}
          <div className={own.twoColumns}>
            {outline.data && <Kinds outline={outline.data} chosen={kind ?? byPlace} tree={isOpen} onChoose={setView} />}
            <div>{kind === byPlace || kind === undefined ? <DifferenceTree key={change} id={found.id} change={of} /> : <OfKind key={kind + change} id={found.id} kind={kind} change={of} />}</div>
          </div>
        </>
      )}
    </div>
  )
}
