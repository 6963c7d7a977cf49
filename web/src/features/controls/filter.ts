import type { Control, ControlBoard } from '../../api/types'

export interface ControlFilter {
  state: Control['state'] | 'all'
  critical: boolean
  mine: boolean
  text: string
}

export const noFilter: ControlFilter = { state: 'all', critical: false, mine: false, text: '' }

const textOf = (one: Control): string =>
  [one.code, one.name, one.producer?.name, one.validator?.name, ...one.places.flatMap((place) => [place.stepCode, place.stepName, place.taskCode])]
    .join(' ').toLocaleLowerCase()

/** Whether a control is among those that were asked for. */
export const passes = (one: Control, { state, critical, mine, text }: ControlFilter): boolean =>
  (state === 'all' || one.state === state) && (!critical || one.critical) && (!mine || one.mine)
  && text.toLocaleLowerCase().split(/\s+/).every((word) => textOf(one).includes(word))

export interface ControlGroup {
  id: string
  title: string
  items: Control[]
}

/** Controls by chapter, in the order of the plan; a control of two chapters stands in both, one of none at the end. */
export function byChapter({ chapters, items }: Pick<ControlBoard, 'chapters' | 'items'>, filter: ControlFilter): ControlGroup[] {
  const shown = items.filter((one) => passes(one, filter))
  const groups = chapters.map(({ id, code, name }) => ({
    id, title: `${code} ${name}`, items: shown.filter((one) => one.places.some((place) => place.chapterId === id)),
  }))
  const untied = { id: 'untied', title: 'Tied to no task', items: shown.filter((one) => one.places.length === 0) }
  return [...groups, untied].filter((group) => group.items.length > 0)
}

/** 12 of 40 passed · 3 failed · 5 critical open. */
export const countWords = ({ total, passed, failed, cancelled, criticalOpen }: ControlBoard): string =>
  [
    `${String(passed)} of ${String(total)} passed`, failed > 0 ? `${String(failed)} failed` : '', cancelled > 0 ? `${String(cancelled)} cancelled` : '',
    criticalOpen > 0 ? `${String(criticalOpen)} critical open` : 'no critical one open',
  ].filter(Boolean).join(' · ')

const mostNames = 4

/** waiting for a second person: Arno or Marco may sign. */
export function signersWords({ asked }: Pick<NonNullable<Control['overrideAsked']>, 'asked'>): string {
  const more = asked.length - mostNames
  const names = asked.slice(0, mostNames).map(({ name }) => name).join(' or ') + (more > 0 ? ` or ${String(more)} more` : '')
  return `waiting for a second person: ${names === '' ? 'nobody else may sign at this time' : `${names} may sign`}.`
}
