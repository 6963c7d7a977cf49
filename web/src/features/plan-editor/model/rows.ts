/** The lines of the table: the plan's tree, folded as wished; with a filter, what passes it, unfolded. Pure. */
import type { PlanChapter, PlanPhase, PlanStep, PlanWhole } from '../../../api/plan'
import type { EditorSearch } from '../../../lib/paths'

export type Row =
  | { kind: 'macroPhase'; code: string; item: PlanPhase; folded: boolean; steps: number }
  | { kind: 'chapter'; code: string; item: PlanChapter; folded: boolean; steps: number }
  | { kind: 'step'; code: string; item: PlanStep }

export type Folds = ReadonlySet<string>
type Filter = Pick<EditorSearch, 'q' | 'team' | 'label' | 'chapter'>

export const isFiltered = ({ q, team, label, chapter }: Filter): boolean => Boolean(q) || Boolean(team) || Boolean(label) || Boolean(chapter)

/** A test for the filters in the address. */
export function passing({ q, team, label }: Filter): (step: PlanStep) => boolean {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return (step) => {
    if (team && step.team !== team) return false
    if (label && !step.labels.includes(label)) return false
    if (words.length === 0) return true
    const text = `${step.code} ${step.name} ${step.type} ${step.team ?? ''} ${step.labels.join(' ')} ${step.scope.join(' ')}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

function chapterRows(chapter: PlanChapter, shown: PlanStep[], folded: boolean): Row[] {
  const head: Row = { kind: 'chapter', code: chapter.code, item: chapter, folded, steps: chapter.steps.length }
  return folded ? [head] : [head, ...shown.map((item): Row => ({ kind: 'step', code: item.code, item }))]
}

export function rowsOf(plan: PlanWhole, filter: Filter, folds: Folds): Row[] {
  const filtered = isFiltered(filter)
  const passes = passing(filter)
  const narrowed = Boolean(filter.q) || Boolean(filter.team) || Boolean(filter.label)
  return plan.macroPhases.flatMap((phase) => {
    const parts = phase.chapters
      .filter(({ code }) => !filter.chapter || code === filter.chapter)
      .map((chapter) => ({ chapter, shown: narrowed ? chapter.steps.filter(passes) : chapter.steps }))
      .filter(({ shown }) => !narrowed || shown.length > 0)
    if (filtered && parts.length === 0) return []
    const folded = !filtered && folds.has(phase.code)
    const steps = phase.chapters.reduce((sum, one) => sum + one.steps.length, 0)
    const head: Row = { kind: 'macroPhase', code: phase.code, item: phase, folded, steps }
    return folded ? [head] : [head, ...parts.flatMap(({ chapter, shown }) => chapterRows(chapter, shown, !filtered && folds.has(chapter.code)))]
  })
}

/** How many steps a plan has, and all labels in it. */
export function labelsOf(plan: PlanWhole): string[] {
  const labels = new Set<string>()
  for (const { chapters } of plan.macroPhases) for (const { steps } of chapters) for (const step of steps) for (const label of step.labels) labels.add(label)
  return [...labels].toSorted()
}

export const stepCount = (plan: PlanWhole): number =>
  plan.macroPhases.reduce((sum, { chapters }) => sum + chapters.reduce((inner, { steps }) => inner + steps.length, 0), 0)
