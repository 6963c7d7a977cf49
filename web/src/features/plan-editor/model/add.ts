/** Where something new goes. Pure. */
import type { PlanWhole } from '../../../api/plan'
import { indexOf, type NodeLevel } from './tree'

export interface Spot { level: NodeLevel; parent: string | null; before: string | undefined; words: string }

const chain = (plan: PlanWhole, code: string | null) => {
  const { places } = indexOf(plan)
  const place = code === null ? undefined : places.get(code)
  const chapter = place?.level === 'chapter' ? place : place?.level === 'step' ? places.get(place.parent) : undefined
  const phase = place?.level === 'macroPhase' ? place : chapter?.parent ? places.get(chapter.parent) : undefined
  return { place, chapter: chapter?.level === 'chapter' ? chapter : undefined, phase: phase?.level === 'macroPhase' ? phase : undefined }
}

/** What may be added at the selected line, the likeliest first: below it, or as the first in it. */
export function spotsAt(plan: PlanWhole, selected: string | null): Spot[] {
  const known = selected !== null && indexOf(plan).places.has(selected) ? selected : (plan.macroPhases.at(-1)?.code ?? null)
  const { place, chapter, phase } = chain(plan, known)
  const spots: Spot[] = []
  if (chapter) {
    const at = place?.level === 'step' ? place.position + 1 : 0
    const words = place?.level === 'step' ? `below ${place.item.code}` : `first in ${chapter.item.code}`
    spots.push({ level: 'step', parent: chapter.item.code, before: chapter.item.steps[at]?.code, words })
  }
  if (phase) {
    const at = chapter ? chapter.position + 1 : phase.item.chapters.length
    const words = chapter ? `below ${chapter.item.code}` : `last in ${phase.item.code}`
    spots.push({ level: 'chapter', parent: phase.item.code, before: phase.item.chapters[at]?.code, words })
  }
  const at = phase ? phase.position + 1 : plan.macroPhases.length
  spots.push({ level: 'macroPhase', parent: null, before: plan.macroPhases[at]?.code, words: phase ? `below ${phase.item.code}` : 'the first of the plan' })
  return spots
}
