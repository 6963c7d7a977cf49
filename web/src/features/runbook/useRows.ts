import { useCallback, useMemo, useState } from 'react'
import type { ForecastIndex } from '../../api/forecast'
import type { Board } from '../../api/types'
import type { RunsheetSearch } from '../../lib/paths'
import { isOver } from '../../lib/states'
import { type MacroRows, treeOf } from './groups'
import { counts } from './late'
import { type Folds, type Item, itemsOf, sheetOf } from './rows'
import { rowOf } from './words'

const overChapters = ({ chapters }: MacroRows): boolean[] =>
  chapters.map(({ rows }) => {
    const counted = rows.filter(counts)
    return counted.length > 0 && counted.every((row) => isOver(row.state))
  })

/** What is wholly over when the sheet is opened is folded away; later nothing folds by itself. */
export function firstFolds(board: Board): Folds {
  const folds = new Map<string, boolean>()
  if (board.iteration.endedAt !== null) return folds
  for (const part of treeOf(board)) {
    const over = overChapters(part)
    if (over.length > 0 && over.every(Boolean)) folds.set(part.macro.id, true)
    part.chapters.forEach(({ chapter }, i) => over[i] && folds.set(chapter.id, true))
  }
  return folds
}

/** The folds with the way to one step open. */
function showing(board: Board, folds: Folds, code: string | undefined): Folds {
  const row = code === undefined ? undefined : rowOf(board, code)
  const chapter = board.chapters.find(({ id }) => id === row?.chapterId)
  return chapter ? new Map([...folds, [chapter.id, false], [chapter.macroPhaseId, false]]) : folds
}

/** The lines of the runsheet and their folding. `minute` is now, by the minute: lateness needs no more. */
export function useRows(board: Board, search: RunsheetSearch, minute: number, forecast: ForecastIndex) {
  const [folds, setFolds] = useState<Folds>(() => showing(board, firstFolds(board), search.step))
  const [seen, setSeen] = useState(search.step)
  if (seen !== search.step) {
    setSeen(search.step)
    setFolds(showing(board, folds, search.step))
  }
  const { steps, chapters, macroPhases } = board
  const sheet = useMemo(() => sheetOf({ steps, chapters, macroPhases }, minute, forecast), [steps, chapters, macroPhases, minute, forecast])
  const listed = useMemo(() => itemsOf(board, sheet, search, folds, minute, forecast), [board, sheet, search, folds, minute, forecast])
  const fold = useCallback((id: string, folded: boolean) => setFolds((before) => new Map(before).set(id, folded)), [])
  const foldAll = useCallback(
    (folded: boolean) => setFolds(new Map([...macroPhases, ...chapters].map(({ id }) => [id, folded]))),
    [macroPhases, chapters],
  )
  return { ...listed, fold, foldAll }
}

/** The place of the selected line; -1 when it is not shown. */
export const indexOf = (items: readonly Item[], id: string | null): number =>
  id === null ? -1 : items.findIndex((item) => item.id === id)

/** Where a move of the selection ends: kept inside, beginning at the top when nothing was selected. */
export function moved(items: readonly Item[], id: string | null, by: number): Item | undefined {
  const at = indexOf(items, id)
  const next = at === -1 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))
  return items[next]
}

/** The first line where something is to be done or watched; where a sheet that is opened begins. */
export function firstOpen(items: readonly Item[]): number {
  return items.findIndex((item) => item.kind === 'step' && counts(item.row) && !isOver(item.row.state))
}
