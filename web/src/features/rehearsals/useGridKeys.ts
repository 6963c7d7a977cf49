import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { RehearsalStep } from '../../api/rehearsals'
import { paths } from '../../lib/paths'
import { useKeyActions } from '../../ui/useKeyActions'
import type { Column } from './compare'

export interface At {
  row: number
  column: number
}

/** The cell that the keys stand on: J/K and the arrows move it, Enter opens its step in its iteration's runsheet. */
export function useGridKeys(rows: readonly RehearsalStep[], columns: readonly Column[], migrationKey: string, onRow: (row: number) => void): At | null {
  const navigate = useNavigate()
  const [kept, setAt] = useState<At | null>(null)
  // Another view may have fewer rows.
  const at = kept === null || rows.length === 0 ? null : { row: Math.min(kept.row, rows.length - 1), column: Math.min(kept.column, columns.length - 1) }
  const go = (row: number, column: number) => {
    if (rows.length === 0) return false
    const next = { row: Math.max(0, Math.min(rows.length - 1, row)), column: Math.max(0, Math.min(columns.length - 1, column)) }
    setAt(next)
    onRow(next.row)
    return true
  }
  const open = () => {
    const step = at === null ? undefined : rows[at.row]
    const column = at === null ? undefined : columns[at.column]
    const cell = column && step?.cells[column.at]
    if (!step || !column || !cell) return false
    void navigate({ href: paths.runsheet(migrationKey, column.iteration.name, { step: cell.code ?? step.code }) })
    return true
  }
  const { row, column } = at ?? { row: -1, column: 0 }
  useKeyActions({
    down: () => go(row + 1, column),
    up: () => go(row - 1, column),
    first: () => go(0, column),
    last: () => go(rows.length - 1, column),
    fold: () => at !== null && go(row, column - 1),
    unfold: () => at !== null && go(row, column + 1),
    open,
  })
  return at
}
