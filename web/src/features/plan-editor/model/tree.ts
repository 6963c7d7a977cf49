/** Finding one's way in a plan: what stands where, who waits for whom, where a move ends. Pure. */
import type { Edit, PlanChapter, PlanLink, PlanPhase, PlanStep, PlanWhole } from '../../../api/plan'

/** What can wait for each other; a code is unique over the three. */
export type NodeLevel = 'macroPhase' | 'chapter' | 'step'
export type NodeItem = PlanPhase | PlanChapter | PlanStep
export type Place =
  | { level: 'macroPhase'; item: PlanPhase; parent: null; position: number }
  | { level: 'chapter'; item: PlanChapter; parent: string; position: number }
  | { level: 'step'; item: PlanStep; parent: string; position: number }

export interface PlanIndex {
  places: ReadonlyMap<string, Place>
  /** Who waits for a code, and how. */
  next: ReadonlyMap<string, PlanLink[]>
}

export const levelWord: Record<string, string> = {
  macroPhase: 'macro-phase', chapter: 'chapter', step: 'step', task: 'task', control: 'control', type: 'type', team: 'team',
}

const indexes = new WeakMap<PlanPhase[], PlanIndex>()

function placesOf(phases: readonly PlanPhase[]): Map<string, Place> {
  const places = new Map<string, Place>()
  phases.forEach((phase, i) => {
    places.set(phase.code, { level: 'macroPhase', item: phase, parent: null, position: i })
    phase.chapters.forEach((chapter, j) => {
      places.set(chapter.code, { level: 'chapter', item: chapter, parent: phase.code, position: j })
      chapter.steps.forEach((step, k) => places.set(step.code, { level: 'step', item: step, parent: chapter.code, position: k }))
    })
  })
  return places
}

/** What stands where; made once for each state of the plan. */
export function indexOf({ macroPhases }: Pick<PlanWhole, 'macroPhases'>): PlanIndex {
  const known = indexes.get(macroPhases)
  if (known) return known
  const places = placesOf(macroPhases)
  const next = new Map<string, PlanLink[]>()
  for (const [code, { item }] of places) {
    for (const link of item.after) {
      const to = { ...link, code }
      const others = next.get(link.code)
      if (others) others.push(to)
      else next.set(link.code, [to])
    }
  }
  const index = { places, next }
  indexes.set(macroPhases, index)
  return index
}

/** The chapter that a code stands in, or is; undefined for a macro-phase. */
export function chapterOf(index: PlanIndex, code: string): PlanChapter | undefined {
  const place = index.places.get(code)
  if (place?.level === 'chapter') return place.item
  const above = place?.level === 'step' ? index.places.get(place.parent) : undefined
  return above?.level === 'chapter' ? above.item : undefined
}

/** Those beside it: what it stands among, in order. */
export function siblingsOf(plan: PlanWhole, index: PlanIndex, { level, parent }: Place): readonly { code: string }[] {
  if (level === 'macroPhase') return plan.macroPhases
  const above = index.places.get(parent)
  if (above?.level === 'macroPhase') return above.item.chapters
  return above?.level === 'chapter' ? above.item.steps : []
}

/** All that a thing of this level may stand in, in the order of the plan. */
function parentsOf(plan: PlanWhole, level: NodeLevel): readonly { code: string; inside: readonly { code: string }[] }[] {
  if (level === 'chapter') return plan.macroPhases.map(({ code, chapters }) => ({ code, inside: chapters }))
  return plan.macroPhases.flatMap(({ chapters }) => chapters.map(({ code, steps }) => ({ code, inside: steps })))
}

/** One up or down; over the edge of what it stands in, into the one beside that. Null at the end of the plan. */
export function moveOf(plan: PlanWhole, code: string, by: 1 | -1): Edit | null {
  const index = indexOf(plan)
  const place = index.places.get(code)
  if (!place) return null
  const { level, position } = place
  const siblings = siblingsOf(plan, index, place)
  const to = position + by
  if (to >= 0 && to < siblings.length) {
    const before = siblings[by < 0 ? to : to + 1]?.code
    return { op: 'move', level, code, ...(place.parent === null ? {} : { parent: place.parent }), ...(before === undefined ? {} : { before }) }
  }
  if (level === 'macroPhase') return null
  const parents = parentsOf(plan, level)
  const beside = parents[parents.findIndex((one) => one.code === place.parent) + by]
  if (!beside) return null
  const first = by > 0 ? beside.inside[0]?.code : undefined
  return { op: 'move', level, code, parent: beside.code, ...(first === undefined ? {} : { before: first }) }
}

/** TRT-1035 below TRT-1030: a code that is free, near the one above it. */
export function freeCode(index: PlanIndex, above: string | undefined, stem = 'TRT'): string {
  const [, prefix = `${stem}-`, figures = '1000'] = /^(.*?)(\d+)$/.exec(above ?? '') ?? []
  const codeAt = (n: number) => prefix + String(n).padStart(figures.length, '0')
  let n = Number(figures) + 5
  while (index.places.has(codeAt(n))) n += 1
  return codeAt(n)
}
