import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { importOutlineQuery } from '../../../api/planImports'
import { asProblem } from '../../../api/problem'
import type { Change, ImportOutline } from '../../../api/types'
import { ErrorState, LoadingRows } from '../../../ui/states'
import { LongList } from '../LongList'
import { nodeId, type TreeRow } from '../model/tree'
import { kindWord } from '../model/words'
import classes from '../plan-import.module.css'
import own from './difference.module.css'
import { ChangeLine, Counts } from './ChangeLine'
import { useTree } from './useTree'

interface RowProps {
  row: TreeRow
  onToggle: (id: string) => void
  onMore: (id: string) => void
}

function Row({ row, onToggle, onMore }: RowProps) {
  const inset = { paddingLeft: 10 + row.depth * 22 }
  if (row.type === 'loading') return <div className={own.treeRow} style={inset}><span className="dim">Loading…</span></div>
  if (row.type === 'more') return <div className={own.treeRow} style={inset}><button type="button" className={classes.more} onClick={() => onMore(row.of)}>Show more</button></div>
  if (row.type === 'task') return <div className={own.treeRow} style={inset}><ChangeLine of={row.task} /></div>
  const { node, open, within } = row
  const Chevron = open ? IconChevronDown : IconChevronRight
  const word = `${kindWord(node.kind)} ${node.code}`
  return (
    <div className={own.treeRow} style={inset} data-depth={row.depth}>
      {within > 0
        ? <button type="button" className={own.twist} aria-expanded={open} aria-label={`${open ? 'Close' : 'Open'} ${word}`} onClick={() => onToggle(nodeId(node))}><Chevron size={16} aria-hidden /></button>
        : <span className={own.twist} />}
      <ChangeLine of={node} kind={row.depth < 2} onName={within > 0 ? () => onToggle(nodeId(node)) : undefined} />
      <Counts of={node} />
    </div>
  )
}

function Tree({ id, outline, change }: { id: string; outline: ImportOutline; change: Change | undefined }) {
  const { rows, toggle, more } = useTree(id, outline, change)
  if (rows.length === 0) return <p className={classes.lead}>No macro-phase, chapter, step or task is {change ?? 'different'}.</p>
  return <LongList label="Differences by place in the plan" rows={rows} idOf={(row) => row.id} height={32} render={(row) => <Row row={row} onToggle={toggle} onMore={more} />} />
}

/** The difference by place: macro-phase, chapter, step, task, with counts of what is in each. */
export function DifferenceTree({ id, change }: { id: string; change: Change | undefined }) {
  const outline = useQuery(importOutlineQuery(id))
  if (outline.isError && !outline.data) return <ErrorState problem={asProblem(outline.error)} onRetry={() => void outline.refetch()} />
  if (!outline.data) return <LoadingRows rows={6} label="Loading the difference" />
  return <Tree id={id} outline={outline.data} change={change} />
}
