/**
 * An event applied to the board on screen. Pure, and run under plain Node by the server's tests, which hold
 * it to the promise: an old screen and its events give what a fresh fetch gives. Hence only erasable types
 * and imports with their extension.
 */
import type { ActionTable, Board, IterationState, LiveEvent, StepAction, StepRow } from '../../api/types.ts'

const none: StepAction[] = []

/** What the table allows for a row, less what is taken and another's Done to take back; a dormant row allows nothing. */
export function allowedActionsOf(row: StepRow, iteration: IterationState, actions: ActionTable, viewer: string | null): StepAction[] {
  if (row.dormant) return none
  const allowed = actions[iteration]?.[row.behaviour]?.[row.state]?.[row.relation] ?? none
  const closed = (action: StepAction): boolean =>
    (action === 'taken' && row.takenAt !== null) || (action === 'undo' && (row.doneById === null || row.doneById !== viewer))
  return allowed.some(closed) ? allowed.filter((action) => !closed(action)) : allowed
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i])

/** The row with its actions worked out anew; the same object when they are what they were. */
function withActions(row: StepRow, iteration: IterationState, actions: ActionTable, viewer: string | null): StepRow {
  const allowedActions = allowedActionsOf(row, iteration, actions, viewer)
  return same(allowedActions, row.allowedActions) ? row : { ...row, allowedActions }
}

/**
 * The board after `event`; the same board when the event is already in it. Rows that did not change keep
 * their identity, so that only changed ones are drawn again. An event that says `reload` needs a new fetch:
 * what it carries is applied all the same.
 */
export function applyEvent(board: Board, event: LiveEvent, actions: ActionTable): Board {
  if (event.seq <= board.seq) return board
  const iteration = event.changes.iteration ? { ...board.iteration, ...event.changes.iteration } : board.iteration
  const changed = new Map((event.changes.steps ?? []).map((change) => [change.id, change]))
  const stateMoved = iteration.state !== board.iteration.state
  if (changed.size === 0 && !stateMoved) return { ...board, seq: event.seq, iteration }
  const steps = board.steps.map((row) => {
    const change = changed.get(row.id)
    if (!change && !stateMoved) return row
    return withActions(change ? { ...row, ...change } : row, iteration.state, actions, board.viewer.userId)
  })
  const moved = steps.some((row, i) => row !== board.steps[i])
  return { ...board, seq: event.seq, iteration, steps: moved ? steps : board.steps }
}
