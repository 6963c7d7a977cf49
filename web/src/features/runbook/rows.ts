import type { Board, StepRow } from '../../api/types'
import type { RunsheetSearch } from '../../lib/paths'
import { type ChapterRows, type Figures, figuresOf, type MacroRows, treeOf } from './groups'
import { isLate } from './late'

export interface GroupItem {
  kind: 'macro' | 'chapter'
  id: string
  code: string
  name: string
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

export const isFiltered = (search: RunsheetSearch): boolean =>
  Boolean(search.q) || Boolean(search.state) || Boolean(search.team) || Boolean(search.mine) || Boolean(search.late)

/** A test for the filters in the address. */
export function filterOf(board: Board, search: RunsheetSearch, now: number): (row: StepRow) => boolean {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const teams = new Map(board.teams.map((team) => [team.id, team]))
  const states = search.state ? new Set<string>(search.state) : null
  const wanted = search.team ? new Set(search.team) : null
  const mine = new Set(board.viewer.teamIds)
  return (row) => {
    const team = row.teamId === null ? undefined : teams.get(row.teamId)
    if (states && (row.dormant || !states.has(row.state))) return false
    if (wanted && (!team || !wanted.has(team.code))) return false
    if (search.mine && (row.teamId === null || !mine.has(row.teamId))) return false
    if (search.late && !isLate(row, now)) return false
    const text = `${row.code} ${row.name} ${team?.name ?? ''} ${row.reason ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

/** What a person folded or unfolded; what is not in it is as it is by itself (dormant: folded). */
export type Folds = ReadonlyMap<string, boolean>

const stepItems = (rows: readonly StepRow[]): StepItem[] => rows.map((row) => ({ kind: 'step', id: row.id, row }))

function chapterItems({ chapter, rows, dormant }: ChapterRows, shown: StepRow[], folded: boolean, now: number): Item[] {
  const { id, code, name } = chapter
  const group: GroupItem = { kind: 'chapter', id, code, name, folded, dormant, figures: figuresOf(rows, now) }
  return [group, ...(folded ? [] : stepItems(shown))]
}

function macroItems(macro: MacroRows, folds: Folds, passes: ((row: StepRow) => boolean) | null, now: number): Item[] {
  const isFolded = (id: string, dormant: boolean) => (passes ? false : (folds.get(id) ?? dormant))
  const chapters = macro.chapters
    .map((part) => ({ part, shown: passes ? part.rows.filter(passes) : part.rows }))
    .filter(({ shown }) => !passes || shown.length > 0)
  if (passes && chapters.length === 0) return []
  const { id, code, name, dormant } = macro
  const folded = isFolded(id, dormant)
  const figures = figuresOf(macro.chapters.flatMap(({ rows }) => rows), now)
  const inside = folded
    ? []
    : chapters.flatMap(({ part, shown }) => chapterItems(part, shown, isFolded(part.chapter.id, part.dormant), now))
  return [{ kind: 'macro', id, code, name, folded, dormant, figures }, ...inside]
}

/** The lines to show: the tree, folded as wished; with a filter, what passes it, unfolded. */
export function itemsOf(board: Board, search: RunsheetSearch, folds: Folds, now: number): Item[] {
  const passes = isFiltered(search) ? filterOf(board, search, now) : null
  return treeOf(board).flatMap((macro) => macroItems(macro, folds, passes, now))
}
