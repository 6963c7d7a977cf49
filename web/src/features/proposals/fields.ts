/** What a step can teach the plan: the fields that a night shows to be wrong, and their new values. Pure. */
import type { StepDetail } from '../../api/types'
import { readNumber } from '../../lib/number'
import { millis } from '../../lib/time'

export const fields = ['durationSeconds', 'instructions', 'team', 'name', 'labels'] as const
export type Field = (typeof fields)[number]

export const fieldWord: Record<Field, string> = {
  durationSeconds: 'Duration', instructions: 'Instructions', team: 'Team', name: 'Name', labels: 'Labels',
}

type Taught = Pick<StepDetail, 'durationSeconds' | 'startedAt' | 'workEndedAt' | 'endedAt' | 'instructions' | 'team' | 'name' | 'labels'>

/** How long the work took, in whole minutes rounded up; null while it is not over, or where nobody knows. */
export function minutesTaken({ startedAt, workEndedAt, endedAt }: Taught): number | null {
  const from = millis(startedAt)
  const to = millis(workEndedAt ?? endedAt)
  return from === null || to === null || to < from ? null : Math.max(1, Math.ceil((to - from) / 60_000))
}

/** What the field holds to begin with, as it is typed: what the plan says, but for a duration what was measured. */
export function firstText(field: Field, step: Taught): string {
  switch (field) {
    case 'durationSeconds': return String(minutesTaken(step) ?? Math.round(step.durationSeconds / 60))
    case 'team': return step.team?.code ?? ''
    case 'labels': return step.labels.join(', ')
    case 'instructions': case 'name': return step[field]
  }
}

export type NewValue = { to: number | string | string[] } | { wrong: string }

/** The value that is proposed, or what is wrong with what was typed; a value that the plan has already is no proposal. */
export function newValue(field: Field, text: string, step: Taught): NewValue {
  const trimmed = text.trim()
  if (field === 'durationSeconds') {
    const { value: minutes, wrong } = readNumber(trimmed, { whole: true, min: 0, max: 525_600 })
    if (typeof minutes !== 'number') return { wrong: wrong ?? 'A number of whole minutes' }
    return minutes * 60 === step.durationSeconds ? { wrong: 'That is what the plan says' } : { to: minutes * 60 }
  }
  if (field === 'labels') {
    const words = [...new Set(trimmed.split(',').map((word) => word.trim()).filter(Boolean))]
    const same = words.length === step.labels.length && words.every((word) => step.labels.includes(word))
    return same ? { wrong: 'That is what the plan says' } : { to: words }
  }
  const was = field === 'team' ? (step.team?.code ?? '') : step[field]
  if (trimmed === was.trim()) return { wrong: 'That is what the plan says' }
  return trimmed === '' && field === 'name' ? { wrong: 'A step has a name' } : { to: trimmed }
}
