/** What can be supposed, by which model, and what people do to make it real; in words. Pure. */
import type { Iteration, StepAction, StepRow, Supposing } from '../../api/types'
import type { Line } from './lines'

export const choices: readonly { value: Supposing; label: string }[] = [
  { value: 'late', label: 'takes longer' },
  { value: 'skip', label: 'is skipped' },
  { value: 'share', label: 'is shared with a second team' },
  { value: 'start_now', label: 'starts now' },
  { value: 'window', label: 'the window ends at' },
]

const startable: readonly StepRow['state'][] = ['ready', 'activated']

/** The model behind a line, so that nobody takes the answer for more than it is. */
export function modelWords({ what, factor }: Pick<Line, 'what' | 'factor'>, row: Pick<StepRow, 'state'> | undefined): string {
  switch (what) {
    case 'late': return 'Its work takes so much longer than it is reckoned with now.'
    case 'skip': return 'Skipped now: nothing waits for it any more.'
    case 'share': return `What is left of its work takes ${typeof factor === 'number' ? String(factor) : 'so many'} times as long. Two teams never halve it: work is split and put together again.`
    case 'start_now':
      return row && startable.includes(row.state) ? 'It begins now.' : 'It begins now although it is not ready: its predecessors are not waited for.'
    case 'window': return 'The work stays as it is; the chance and the last safe decision are reckoned against this end.'
  }
}

/** How a line is made real: by a step's own button, by the terms, or by what people say to each other. */
export type Real =
  | { kind: 'step'; row: StepRow; action: StepAction; label: string }
  | { kind: 'terms'; windowEnd: string; label: string }
  | { kind: 'words'; text: string }

/** Start alone asks nothing more. */
const buttons: Partial<Record<StepAction, (code: string) => string>> = {
  skip: (code) => `Skip ${code}…`, override: (code) => `Start ${code} although not ready…`, start: (code) => `Start ${code} now`,
}

/** The first of these that the board offers for the row. */
function byButton(row: StepRow, wanted: readonly StepAction[], refused: string): Real {
  const action = wanted.find((one) => row.allowedActions.includes(one))
  return action === undefined ? { kind: 'words', text: refused } : { kind: 'step', row, action, label: buttons[action]?.(row.code) ?? row.code }
}

/** `windowEnd`: the moment that was sent with the line, where it is about the window. Null where there is no such step. */
export function realOf({ what }: Pick<Line, 'what'>, row: StepRow | undefined, iteration: Pick<Iteration, 'name' | 'mayChangeTerms'>, windowEnd: string | null): Real | null {
  if (what === 'window') {
    if (windowEnd === null) return null
    return iteration.mayChangeTerms
      ? { kind: 'terms', windowEnd, label: `Change the terms of ${iteration.name}…` }
      : { kind: 'words', text: `The window is changed in the terms of ${iteration.name}. That is not offered to you now.` }
  }
  if (row === undefined) return null
  switch (what) {
    case 'skip': return byButton(row, ['skip'], `Skip is not offered to you for ${row.code} as it stands now.`)
    case 'start_now': return byButton(row, ['start', 'override'], `To start ${row.code} is not offered to you as it stands now.`)
    case 'late': return { kind: 'words', text: `No button makes ${row.code} late. If it cannot go on, whoever has it presses Block and says when it will: the forecast then reckons with that time.` }
    case 'share': return { kind: 'words', text: `No button shares ${row.code}: ask the other team, best in the step’s conversation, where all read it. The forecast follows what is then done.` }
  }
}
