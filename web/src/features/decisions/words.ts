/** What decisions say on screen. Pure. */
import type { Answer, Decision, LinkedDecision } from '../../api/types'
import { span } from '../../lib/time'

export const kindWord: Record<Decision['kind'], string> = { gate: 'Gate', poll: 'Poll', second_signature: 'Second signature' }
export const statusWord: Record<Decision['status'], string> = {
  open: 'Open', decided: 'Decided', withdrawn: 'Withdrawn', ended: 'Ended without a decision', set_aside: 'Set aside',
}

/** A second person signs or declines; everybody else says go or no-go. */
export const answerWord = (kind: Decision['kind'], answer: Answer): string =>
  kind === 'second_signature' ? (answer === 'go' ? 'Sign' : 'Decline') : answer === 'go' ? 'Go' : 'No-go'

/** The same, as what was said. */
export const saidWord = (kind: Decision['kind'], answer: Answer): string =>
  kind === 'second_signature' ? (answer === 'go' ? 'Signed' : 'Declined') : answer === 'go' ? 'Go' : 'No-go'

/** How many minutes off the buttons of a deadline are. */
export const deadlineMinutes: readonly number[] = [10, 20, 30, 60]

/** in 12 min, 3 min ago; null without a deadline. */
export function dueWords(deadline: number | null, now: number): { text: string; soon: boolean } | null {
  if (deadline === null) return null
  const seconds = Math.round((deadline - now) / 1000)
  return seconds > 0 ? { text: `in ${span(seconds)}`, soon: seconds <= 600 } : { text: `${span(seconds)} ago`, soon: true }
}

/** One line for each who was asked, and for whoever answered beside them; who has said nothing comes last. */
export interface Voice {
  key: string
  name: string
  role: string | null
  given: Decision['answers'][number] | null
}

export function voicesOf({ asked, answers, status }: Pick<Decision | LinkedDecision, 'asked' | 'answers' | 'status'>, named: boolean): Voice[] {
  const roles = new Map(asked.map(({ userId, role }) => [userId, role]))
  const said = answers.map((given) => ({ key: given.userId, name: given.user, role: given.role ?? roles.get(given.userId) ?? null, given }))
  // Of a role's many holders only a few answer; once it is over, who did not is missed by nobody.
  const waited = named || status === 'open' || status === 'ended'
  const missing = waited ? asked.filter(({ answered }) => !answered) : []
  return [...said, ...missing.map(({ userId, name, role }) => ({ key: userId, name, role, given: null }))]
}
