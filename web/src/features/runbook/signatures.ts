/** Second signatures that wait on a step: what they keep from being asked again, and what is said of them. Pure. */
import type { Decision, StepAction } from '../../api/types'

/** The open question whether to skip the step; undefined where nobody asked. */
export const askedToSkip = (signatures: readonly Decision[]): Decision | undefined =>
  signatures.find(({ action, status }) => action === 'skip_step' && status === 'open')

const mostNames = 4

/** waits for Marco or Arno to sign */
export function waitsWords({ asked }: Pick<Decision, 'asked'>): string {
  const missing = asked.filter(({ answered }) => !answered).map(({ name }) => name)
  const more = missing.length - mostNames
  const names = missing.slice(0, mostNames).join(' or ') + (more > 0 ? ` or ${String(more)} more` : '')
  return names === '' ? 'nobody else may sign at this time' : `waits for ${names} to sign`
}

/** Why it is not asked again. */
export const askedWords = ({ askedBy, ...wanted }: Pick<Decision, 'askedBy' | 'asked'>): string =>
  `${askedBy ?? 'somebody'} has asked to skip it; it ${waitsWords(wanted)}. It is not asked twice.`

/** What is left to press while something is asked: it is not asked twice. */
export const withoutAsked = (actions: readonly StepAction[], signatures: readonly Decision[]): StepAction[] =>
  actions.filter((action) => action !== 'skip' || askedToSkip(signatures) === undefined)
