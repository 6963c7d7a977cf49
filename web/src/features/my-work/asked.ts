/** What My work says of questions that wait for who looks. Pure: now is an argument, in milliseconds. */
import type { Decision } from '../../api/types'
import { span } from '../../lib/time'

/** in 12 min; soon from ten minutes on. */
export function leftWords(deadline: number, now: number): { text: string; soon: boolean } {
  const seconds = Math.round((deadline - now) / 1000)
  return seconds > 0 ? { text: `in ${span(seconds)}`, soon: seconds <= 600 } : { text: 'it has passed', soon: true }
}

/** Whose question it is, of which step. */
export const askedOf = ({ askedBy, stepCode }: Pick<Decision, 'askedBy' | 'stepCode'>): string =>
  [stepCode ?? '', askedBy === null ? '' : `asked by ${askedBy}`].filter((part) => part !== '').join(' · ')
