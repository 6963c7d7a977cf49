/** A sign for each state where its word cannot be read: colour alone says nothing to many. Pure. */
import { type StepStateName, stepStateWord } from '../../lib/states'
import type { GraphChapter } from './types'

const signs: Readonly<Record<StepStateName, string>> = {
  not_ready: '○', ready: '▷', activated: '◇', in_progress: '▶', verifying: '⧗', complete: '✓', blocked: '‖', failed: '✕', skipped: '»', cancelled: '⊘',
}

export const signOf = (state: StepStateName): string => signs[state]

/** ✓ 12  ▶ 1  ○ 5: how many are in each state. */
export const signsOf = ({ mix }: GraphChapter): string => mix.map(([state, count]) => `${signs[state]} ${String(count)}`).join('  ')

/** ✓ complete, ▶ in progress … */
export const signsLegend = (['complete', 'in_progress', 'blocked', 'failed', 'ready', 'not_ready', 'skipped', 'cancelled'] as const).map((state) => `${signs[state]} ${stepStateWord[state].toLowerCase()}`).join(', ')
