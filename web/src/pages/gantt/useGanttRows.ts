import { useCallback, useMemo } from 'react'
import { type ForecastDocument, type ForecastGroup, forecastIndex } from '../../api/forecast'
import type { Board, StepRow } from '../../api/types'
import type { Tie } from '../../features/gantt/Ties'
import type { Item } from '../../features/runbook/rows'
import { linkMark, rowOf } from '../../features/runbook/words'
import { type Look, marksOf, placesOf, rangeOf, rowMaker } from './rows'

const groupsOf = (forecast: ForecastDocument | null | undefined): ReadonlyMap<string, ForecastGroup> =>
  new Map([...(forecast?.macroPhases ?? []), ...(forecast?.chapters ?? [])].map((group) => [group.code, group]))

/** What the Gantt draws, from the board, its lines and the forecast. */
export function useGanttRows(board: Board, items: readonly Item[], forecast: ForecastDocument | null | undefined, now: number) {
  // Before the night begins only a forecast can say that something will be late.
  const begun = board.iteration.startedAt !== null || Boolean(forecast)
  const look = useMemo<Look>(() => ({ forecast: forecastIndex(forecast), groups: groupsOf(forecast), now, begun }), [forecast, now, begun])
  const rowAt = useMemo(() => rowMaker(items, look), [items, look])
  const idAt = useCallback((index: number) => items[index]?.id ?? String(index), [items])
  const placeOf = useMemo(() => placesOf(board, items), [board, items])
  const { start, end } = useMemo(() => rangeOf(board, forecast, now), [board, forecast, now])
  const range = useMemo(() => ({ start, end }), [start, end])
  const marks = useMemo(() => marksOf(board, forecast), [board, forecast])
  return { look, rowAt, idAt, placeOf, range, marks }
}

/** Who waits for each code, with how. */
export function waitingOf(steps: readonly StepRow[]): ReadonlyMap<string, { code: string; note: string }[]> {
  const found = new Map<string, { code: string; note: string }[]>()
  for (const row of steps) {
    for (const link of row.predecessors) {
      if (link.waived) continue
      const known = found.get(link.code) ?? []
      if (known.length === 0) found.set(link.code, known)
      known.push({ code: row.code, note: linkMark(link) })
    }
  }
  return found
}

/** A link's other end, as one goes to it: by name, and which way it lies from the row at `from`. */
export function tieTo(board: Board, placeOf: ReadonlyMap<string, number>, from: number, { code, note }: { code: string; note: string }): Tie {
  const at = placeOf.get(code)
  const name = rowOf(board, code)?.name ?? [...board.chapters, ...board.macroPhases].find((one) => one.code === code)?.name ?? ''
  return { code, note, name, way: at === undefined || at === from ? 'here' : at < from ? 'up' : 'down' }
}
