import { type ForecastIndex, noForecast } from '../../api/forecast'
import type { Board, LinkInto, StepRow } from '../../api/types'
import type { RunsheetSearch } from '../../lib/paths'
import { filterOf } from './filters'
import { type ChapterRows, type Figures, figuresOf, figuresOfAll, type MacroRows, treeOf } from './groups'

export interface GroupItem {
  kind: 'macro' | 'chapter'
  id: string
  code: string
  name: string
  /** What all of it waits for. */
  after: LinkInto[]
  folded: boolean
  dormant: boolean
  figures: Figures
}
export interface StepItem {
  kind: 'step'
  id: string
  row: StepRow
}
/** One line of the runsheet. */
export type Item = GroupItem | StepItem

/** What a person folded or unfolded; what is not in it is as it is by itself (dormant: folded). */
export type Folds = ReadonlyMap<string, boolean>

/** The board as a tree with its figures: made anew by an event or a minute, not by a filter or a fold. */
export interface Sheet {
  tree: MacroRows[]
  figures: ReadonlyMap<string, Figures>
}

export function sheetOf(board: Pick<Board, 'steps' | 'chapters' | 'macroPhases'>, now: number, forecast: ForecastIndex = noForecast): Sheet {
  const tree = treeOf(board)
  return { tree, figures: figuresOfAll(tree, now, forecast) }
}

interface Rules {
  figures: Sheet['figures']
  /** What is listed; null = everything, with empty groups. */
  lists: ((row: StepRow) => boolean) | null
  /** With a filter nothing is folded. */
  folds: Folds | null
}

type Shown = ChapterRows & { shown: StepRow[] }

const groupItem = (kind: GroupItem['kind'], part: { id: string; code: string; name: string; after: LinkInto[] }, dormant: boolean, { figures, folds }: Rules): GroupItem => ({
  kind, id: part.id, code: part.code, name: part.name, after: part.after, dormant,
  folded: folds ? (folds.get(part.id) ?? dormant) : false,
  figures: figures.get(part.id) ?? figuresOf([], 0),
})

function macroItems({ macro, dormant, chapters }: MacroRows, rules: Rules): { items: Item[]; steps: number } {
  const { lists } = rules
  const inside = chapters
    .map((part): Shown => ({ ...part, shown: lists ? part.rows.filter(lists) : part.rows }))
    .filter(({ shown, rows }) => shown.length > 0 || (rules.folds !== null && rows.length === 0))
  const steps = inside.reduce((sum, { shown }) => sum + shown.length, 0)
  if (inside.length === 0 && chapters.length > 0) return { items: [], steps }
  const head = groupItem('macro', macro, dormant, rules)
  const items: Item[] = [head]
  if (!head.folded) {
    for (const { chapter, shown, dormant: asleep } of inside) {
      const group = groupItem('chapter', chapter, asleep, rules)
      items.push(group)
      if (!group.folded) for (const row of shown) items.push({ kind: 'step', id: row.id, row })
    }
  }
  return { items, steps }
}

export interface Listed {
  items: Item[]
  /** How many steps pass, folded away or not, and how many there are to pass. */
  steps: number
  of: number
}

/** The lines to show: the tree, folded as wished; with a filter, what passes it, unfolded. Out of scope: only if asked for. */
export function itemsOf(board: Board, { tree, figures }: Sheet, search: RunsheetSearch, folds: Folds, now: number, forecast: ForecastIndex = noForecast): Listed {
  const passes = filterOf(board, search, now, forecast)
  const inScope = (row: StepRow) => row.inScope || search.out === true
  const rules: Rules = { figures, folds: passes ? null : folds, lists: passes ? (row) => inScope(row) && passes(row) : inScope }
  const parts = tree.map((macro) => macroItems(macro, rules))
  const of = search.out ? board.steps.length : board.steps.reduce((sum, { inScope }) => sum + Number(inScope), 0)
  return { items: parts.flatMap(({ items }) => items), steps: parts.reduce((sum, { steps }) => sum + steps, 0), of }
}
