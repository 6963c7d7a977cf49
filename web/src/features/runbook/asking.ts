/** What a dialog asks before an action is sent, and what it says that the action will do. */
import type { StepAction, StepRow } from '../../api/types'
import type { PressHow } from './useStepControls'

export type Pressable = Exclude<StepAction, 'decide'>

export interface Asked { row: StepRow; action: Pressable; how: PressHow }

const needReason = new Set<StepAction>(['skip', 'fail', 'block', 'reopen', 'cancel', 'override', 'waive'])

/** Whether an action is asked about first. */
export const asks = (action: StepAction): boolean => needReason.has(action)

/** Whether a reason must be given: without one the log could not say why. */
export const needsReason = ({ action, how }: Asked): boolean => needReason.has(action) || how === 'late'

const effects: Partial<Record<Pressable, (row: StepRow) => string>> = {
  skip: ({ behaviour }) =>
    behaviour === 'checkpoint' || behaviour === 'gate'
      ? `It takes two people to skip a ${behaviour}: this asks for the second signature. Until it is given nothing changes.`
      : 'It counts as satisfied: what waits for it may become ready.',
  fail: () => 'What waits for it stays waiting until it is retried or skipped.',
  block: () => 'It stays yours; what waits for it goes on waiting. The pilot sees your words and when it should go on.',
  reopen: () => 'It becomes ready for another attempt: its tasks open again, what was done so far is kept with the old one.',
  cancel: () => 'It will not be done, and what waits for it goes on waiting: to let that go on, skip it instead.',
  override: () => 'It starts now although what it waits for is not done. Every report shows that you overrode it, and why.',
  waive: () => 'It no longer waits for this one; everything else still holds it. Every report shows it.',
  activate: ({ code }) => `Its team is told with a link to the instructions of ${code}. Your text comes before them.`,
}

/** What pressing the button will do. */
export function effectOf({ row, action, how }: Asked): string {
  if (how === 'late') return 'Both times are kept: when it happened, and that you told it now.'
  return effects[action]?.(row) ?? ''
}

/** Whom a step waits for by links of its own: what can be waived one by one. */
export const waivable = (row: StepRow): string[] => [
  ...new Set(row.predecessors.filter(({ code, waived }) => !waived && row.blockedBy.some((held) => held.code === code)).map(({ code }) => code)),
]
