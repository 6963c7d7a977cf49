/** The difference as rows of a tree: macro-phase > chapter > step > task, of what is open. Pure. */
import type { BatchChange, Change, ImportOutline, OutlineNode } from '../../../api/types'

export interface Pages<T> {
  items: readonly T[]
  /** More are there, and not asked for yet. */
  more: boolean
  loading: boolean
}

export type TreeRow =
  | { id: string; depth: number; type: 'node'; node: OutlineNode; open: boolean; within: number }
  | { id: string; depth: number; type: 'task'; task: BatchChange }
  | { id: string; depth: number; type: 'loading' }
  | { id: string; depth: number; type: 'more'; of: string }

type Counted = Record<Change, number>

/** How many changes are in it, of one way of changing or of all. */
export const within = (node: Counted, change: Change | undefined): number => (change === undefined ? node.added + node.changed + node.removed : node[change])

const shown = (node: OutlineNode, change: Change | undefined): boolean =>
  within(node, change) > 0 || (change === undefined ? node.change !== null : node.change === change)

export const nodeId = ({ kind, code }: Pick<OutlineNode, 'kind' | 'code'>): string => `${kind}:${code}`

interface Given {
  outline: ImportOutline
  change: Change | undefined
  open: ReadonlySet<string>
  /** What is fetched of an open chapter or step, by its id. */
  steps: (id: string) => Pages<OutlineNode>
  tasks: (id: string) => Pages<BatchChange>
}

function tail(id: string, depth: number, { more, loading }: Pages<unknown>): TreeRow[] {
  if (loading) return [{ id: `${id}:loading`, depth, type: 'loading' }]
  return more ? [{ id: `${id}:more`, depth, type: 'more', of: id }] : []
}

function ofStep(step: OutlineNode, given: Given): TreeRow[] {
  const id = nodeId(step)
  const count = within(step, given.change)
  const open = count > 0 && given.open.has(id)
  const row: TreeRow = { id, depth: 2, type: 'node', node: step, open, within: count }
  if (!open) return [row]
  const tasks = given.tasks(id)
  return [row, ...tasks.items.map((task): TreeRow => ({ id: `task:${task.code}`, depth: 3, type: 'task', task })), ...tail(id, 3, tasks)]
}

function ofChapter(chapter: OutlineNode, given: Given): TreeRow[] {
  const id = nodeId(chapter)
  const count = within(chapter, given.change)
  const open = count > 0 && given.open.has(id)
  const row: TreeRow = { id, depth: 1, type: 'node', node: chapter, open, within: count }
  if (!open) return [row]
  const steps = given.steps(id)
  return [row, ...steps.items.flatMap((step) => ofStep(step, given)), ...tail(id, 2, steps)]
}

/** The rows to draw; what holds no change of the wanted way has none. */
export function rowsOf(given: Given): TreeRow[] {
  const { groups } = given.outline
  return groups.filter((one) => one.kind === 'macroPhase' && shown(one, given.change)).flatMap((phase) => {
    const id = nodeId(phase)
    const open = given.open.has(id)
    const row: TreeRow = { id, depth: 0, type: 'node', node: phase, open, within: within(phase, given.change) }
    if (!open) return [row]
    const chapters = groups.filter((one) => one.kind === 'chapter' && one.parent === phase.code && shown(one, given.change))
    return [row, ...chapters.flatMap((chapter) => ofChapter(chapter, given))]
  })
}

/** What is open at first: all macro-phases of a plan that has few of them. */
export const openAtFirst = ({ groups }: ImportOutline): Set<string> => {
  const phases = groups.filter(({ kind }) => kind === 'macroPhase')
  return new Set(phases.length <= 12 ? phases.map(nodeId) : [])
}
