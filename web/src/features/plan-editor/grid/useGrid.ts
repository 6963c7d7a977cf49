import { useCallback, useMemo, useState } from 'react'
import type { PlanFinding, PlanWhole } from '../../../api/plan'
import type { EditorSearch } from '../../../lib/paths'
import { type Column, columns, typed } from '../model/fields'
import { type Folds, type Row, rowsOf } from '../model/rows'
import { indexOf } from '../model/tree'

/** The folds with the way to one item open. */
function showing(plan: PlanWhole, folds: Folds, code: string | undefined): Folds {
  const { places } = indexOf(plan)
  const open = new Set(folds)
  for (let at = code === undefined ? undefined : places.get(code); at?.parent; at = places.get(at.parent)) open.delete(at.parent)
  return open.size === folds.size ? folds : open
}

/** The lines and their folding; an item that is opened by its address is unfolded to. */
export function useGridRows(plan: PlanWhole, search: EditorSearch) {
  const [folds, setFolds] = useState<Folds>(new Set())
  const [seen, setSeen] = useState(search.item)
  if (seen !== search.item) {
    setSeen(search.item)
    setFolds(showing(plan, folds, search.item))
  }
  const { q, team, label, chapter } = search
  const rows = useMemo(() => rowsOf(plan, { ...(q ? { q } : {}), ...(team ? { team } : {}), ...(label ? { label } : {}), ...(chapter ? { chapter } : {}) }, folds), [plan, q, team, label, chapter, folds])
  const fold = useCallback((code: string, folded: boolean) => {
    setFolds((before) => {
      const next = new Set(before)
      if (folded) next.add(code)
      else next.delete(code)
      return next
    })
  }, [])
  const foldAll = (folded: boolean) =>
    setFolds(new Set(folded ? plan.macroPhases.flatMap(({ code, chapters }) => [code, ...chapters.map((one) => one.code)]) : []))
  return { rows, fold, foldAll }
}

/** The selected line, kept in step with the panel in the address. */
export function useSelected(item: string | undefined) {
  const [selected, select] = useState<string | null>(item ?? null)
  const [seen, setSeen] = useState(item)
  if (seen !== item) {
    setSeen(item)
    if (item !== undefined) select(item)
  }
  return [selected, select] as const
}

/** The field beside one, of those that this row has. */
export function fieldBeside(row: Row, field: Column, by: 1 | -1): Column {
  const all = row.kind === 'step' ? columns : typed.group
  const at = Math.max(0, all.indexOf(field))
  return all[Math.min(all.length - 1, Math.max(0, at + by))] ?? field
}

export const mayType = (row: Row, field: Column): boolean => typed[row.kind === 'step' ? 'step' : 'group'].includes(field)

/** The next field that is typed in the table; null behind the last and before the first. */
export function nextTyped(row: Row, field: Column, by: 1 | -1): Column | null {
  const all = typed[row.kind === 'step' ? 'step' : 'group']
  return all[all.indexOf(field) + by] ?? null
}

/** The line that many further on; kept inside, beginning at an end when none is selected. */
export function rowBeside(rows: readonly Row[], selected: string | null, by: number): Row | undefined {
  const at = rows.findIndex(({ code }) => code === selected)
  return rows[at === -1 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]
}

/** The weightiest finding of each code; a task's counts for its step too. */
export function worstOf(findings: readonly PlanFinding[], plan: PlanWhole): ReadonlyMap<string, PlanFinding['severity']> {
  const worst = new Map<string, PlanFinding['severity']>()
  const tasks = findings.some(({ subject }) => subject?.level === 'task') ? stepsOfTasks(plan) : new Map<string, string>()
  for (const { severity, subject } of findings) {
    const code = subject?.level === 'task' ? tasks.get(subject.code) : subject?.code
    if (code !== undefined && worst.get(code) !== 'error') worst.set(code, severity)
  }
  return worst
}

/** The step that each task stands in. */
export function stepsOfTasks(plan: PlanWhole): Map<string, string> {
  return new Map(plan.macroPhases.flatMap(({ chapters }) => chapters.flatMap(({ steps }) => steps.flatMap(({ code, tasks }) => tasks.map((task) => [task.code, code] as const)))))
}
