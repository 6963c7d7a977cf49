/** Taking over what an edit changed: the tree keeps what was not named, object by object. Pure. */
import type { EditedItem, PlanChapter, PlanControl, PlanPhase, PlanStep, PlanType, PlanWhole } from '../../../api/plan'

type Named = Record<EditedItem['level'], Set<string>>

function namedIn(items: readonly EditedItem[]): Named {
  const named: Named = { macroPhase: new Set(), chapter: new Set(), step: new Set(), control: new Set(), type: new Set() }
  for (const { level, code } of items) named[level].add(code)
  return named
}

const without = <T extends { code: string }>(list: T[], codes: Set<string>): T[] =>
  codes.size > 0 && list.some(({ code }) => codes.has(code)) ? list.filter(({ code }) => !codes.has(code)) : list

function inserted<T>(list: T[], item: T, position: number | null): T[] {
  return list.toSpliced(Math.min(position ?? list.length, list.length), 0, item)
}

/** A list with one of its things replaced by what becomes of it; the list itself where there is none. */
const changed = <T extends { code: string }>(list: T[], code: string, change: (one: T) => T): T[] =>
  list.some((one) => one.code === code) ? list.map((one) => (one.code === code ? change(one) : one)) : list

interface Kept { chapters: Map<string, PlanChapter[]>; steps: Map<string, PlanStep[]> }

/** Takes out all that is named, and remembers what stood in it. */
function takenOut(phases: PlanPhase[], named: Named, kept: Kept): PlanPhase[] {
  const emptied = phases.map((phase) => {
    const chapters = phase.chapters.map((chapter) => {
      const steps = without(chapter.steps, named.step)
      if (named.chapter.has(chapter.code)) kept.steps.set(chapter.code, steps)
      return steps === chapter.steps ? chapter : { ...chapter, steps }
    })
    const same = chapters.every((chapter, i) => chapter === phase.chapters[i])
    const left = without(same ? phase.chapters : chapters, named.chapter)
    if (named.macroPhase.has(phase.code)) kept.chapters.set(phase.code, left)
    return left === phase.chapters ? phase : { ...phase, chapters: left }
  })
  return without(emptied, named.macroPhase)
}

const order = { macroPhase: 0, chapter: 1, step: 2, control: 3, type: 4 }

function putIn(phases: PlanPhase[], { level, code, item, parent, position }: EditedItem, kept: Kept): PlanPhase[] {
  if (level === 'macroPhase') {
    return inserted(phases, { ...(item as unknown as PlanPhase), chapters: kept.chapters.get(code) ?? [] }, position)
  }
  if (level === 'chapter') {
    const chapter = { ...(item as unknown as PlanChapter), steps: kept.steps.get(code) ?? [] }
    return changed(phases, parent ?? '', (phase) => ({ ...phase, chapters: inserted(phase.chapters, chapter, position) }))
  }
  return phases.map((phase) => {
    const chapters = changed(phase.chapters, parent ?? '', (chapter) => ({
      ...chapter, steps: inserted(chapter.steps, item as unknown as PlanStep, position),
    }))
    return chapters === phase.chapters ? phase : { ...phase, chapters }
  })
}

/** Whether a chapter or macro-phase got another code: what stands in it cannot be told from here. */
function isRenamed(plan: PlanWhole, items: readonly EditedItem[]): boolean {
  const gone = items.some(({ level, item }) => item === null && (level === 'chapter' || level === 'macroPhase'))
  const known = new Set(plan.macroPhases.flatMap(({ code, chapters }) => [code, ...chapters.map((one) => one.code)]))
  return gone && items.some(({ level, item, code }) => item !== null && (level === 'chapter' || level === 'macroPhase') && !known.has(code))
}

const flat = <T extends { code: string }>(list: T[], level: EditedItem['level'], items: readonly EditedItem[], codes: Set<string>): T[] =>
  items
    .filter((one) => one.level === level && one.item !== null)
    .reduce((now, { item, position }) => inserted(now, item as unknown as T, position), without(list, codes))

/** The plan with what these items say; null where only the whole of it, asked for anew, can tell. */
export function applyItems(plan: PlanWhole, items: readonly EditedItem[]): PlanWhole | null {
  if (items.length === 0) return plan
  if (isRenamed(plan, items)) return null
  const named = namedIn(items)
  const kept: Kept = { chapters: new Map(), steps: new Map() }
  const sorted = items
    .filter(({ item }) => item !== null)
    .toSorted((a, b) => order[a.level] - order[b.level] || (a.position ?? 0) - (b.position ?? 0))
  const nodes = sorted.filter(({ level }) => level !== 'control' && level !== 'type')
  const touched = named.macroPhase.size + named.chapter.size + named.step.size > 0
  return {
    ...plan,
    macroPhases: touched ? nodes.reduce((now, item) => putIn(now, item, kept), takenOut(plan.macroPhases, named, kept)) : plan.macroPhases,
    controls: named.control.size > 0 ? flat<PlanControl>(plan.controls, 'control', sorted, named.control) : plan.controls,
    types: named.type.size > 0 ? flat<PlanType>(plan.types, 'type', sorted, named.type) : plan.types,
  }
}
