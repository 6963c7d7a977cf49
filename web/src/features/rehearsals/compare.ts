/** What the grid of rehearsals shows of the API's answer: which rows, in which order, how long the bars. Pure. */
import type { RehearsalCell, Rehearsals, RehearsalStep } from '../../api/rehearsals'
import type { RehearsalSearch, RehearsalShow } from '../../lib/rehearsalPaths'

/** An iteration that has begun, with its place among all of them. */
export interface Column {
  at: number
  iteration: Rehearsals['iterations'][number]
}

export const columnsOf = (all: Rehearsals): Column[] =>
  all.iterations.map((iteration, at) => ({ at, iteration })).filter(({ iteration }) => iteration.startedAt !== null)

/** Signed: what the work took beyond what was planned; null where it was not measured, or its start is assumed. */
export function difference(cell: RehearsalCell | null | undefined): number | null {
  if (!cell || cell.assumed || cell.actualSeconds === null) return null
  return cell.actualSeconds - cell.plannedSeconds
}

const marks: Record<RehearsalShow, readonly RehearsalCell['marks'][number][]> = {
  slower: ['slower', 'slower_than_before'],
  skipped: ['skipped'],
  failed: ['failed', 'retried'],
}

const stands = (step: RehearsalStep, columns: readonly Column[], show: RehearsalShow): boolean =>
  columns.some(({ at }) => step.cells[at]?.marks.some((mark) => marks[show].includes(mark)))

/** The largest of a row's differences, whichever its sign; −1 where nothing was measured, so that it comes last. */
export const biggest = (step: RehearsalStep, columns: readonly Column[]): number =>
  Math.max(-1, ...columns.flatMap(({ at }) => { const by = difference(step.cells[at]); return by === null ? [] : [Math.abs(by)] }))

/** The rows that are asked for, in the order that is asked for; what no shown iteration has is no row. */
export function rowsOf(all: Rehearsals, columns: readonly Column[], { show, sort }: RehearsalSearch): RehearsalStep[] {
  const there = all.steps.filter((step) => columns.some(({ at }) => step.cells[at]))
  const shown = show === undefined ? there : there.filter((step) => stands(step, columns, show))
  return sort === 'difference' ? shown.toSorted((a, b) => biggest(b, columns) - biggest(a, columns)) : shown
}

export const countOf = (all: Rehearsals, columns: readonly Column[], show: RehearsalShow): number =>
  all.steps.filter((step) => stands(step, columns, show)).length

const shownWords = { skipped: 'was skipped', failed: 'failed or took more than one attempt' } as const

/** What a filter's count is of: a step counts once, in however many iterations it stands out; columns count it in each. */
export function whyShown(all: Rehearsals, columns: readonly Column[], show: RehearsalShow): string {
  const steps = all.steps.filter((step) => stands(step, columns, show))
  const many = steps.length === 1 ? '1 step, counted once' : `${steps.length} steps, each counted once`
  if (show !== 'slower') return `${many}, that ${shownWords[show]} in any of these iterations.`
  const planned = steps.filter((step) => columns.some(({ at }) => step.cells[at]?.marks.includes('slower'))).length
  return `${many}: ${planned} slower than planned in any of these iterations, ${steps.length - planned} only slower than the time before.`
}

/** The seconds that a full bar of this row means: the longest planned or taken in any of its cells. */
export const longest = (step: RehearsalStep, columns: readonly Column[]): number =>
  Math.max(1, ...columns.flatMap(({ at }) => { const cell = step.cells[at]; return cell ? [cell.plannedSeconds, cell.actualSeconds ?? 0] : [] }))

export type Trend = 'slower' | 'faster' | 'as planned'

/** Less than a minute, or than a tenth, is what always differs: the server's own rule for *slower*. */
export function trendOf(cell: RehearsalCell): Trend {
  const by = difference(cell) ?? 0
  if (Math.abs(by) <= Math.max(60, 0.1 * cell.plannedSeconds)) return 'as planned'
  return by > 0 ? 'slower' : 'faster'
}
