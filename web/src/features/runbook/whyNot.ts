/** Why an action is not possible for a step now: the question a key asked is the one that is answered. Pure. */
import type { ActionTable, Behaviour, Board, IterationState, Relation, StepAction, StepRow } from '../../api/types'
import { iterationStateWord, stepStates, type StepStateName, stepStateWord } from '../../lib/states'
import { millis, near } from '../../lib/time'
import { actionWords, stateWordOf, whyWaiting } from './words'

/** What is looked at: the night, the server's table of what is possible, now and the zone times are shown in. */
export interface Look {
  board: Board
  /** Undefined while it is on its way. */
  table: ActionTable | undefined
  now: number
  zone: string
}

/** What is begun, and so waits for what comes before. */
const begins = new Set<StepAction>(['activate', 'start', 'decide'])
const heldBack = new Set<StepAction>(['activate', 'start', 'override'])

const ofKind: Partial<Record<Behaviour, string>> = {
  gate: 'is a gate: it closes by its decision, go or no-go, given by an approver',
  milestone: 'is a milestone: it completes itself when what it waits for is done',
}

/** In which states of a step the table lets somebody in this relation do it; of anybody, where none is given. */
function statesFor({ table, board }: Look, row: StepRow, action: StepAction, relation?: Relation): StepStateName[] {
  const states = table?.[board.iteration.state]?.[row.behaviour] ?? {}
  return stepStates.filter((state) => {
    const by = states[state] ?? {}
    const found = relation === undefined ? Object.values(by).flat() : (by[relation] ?? [])
    return found.includes(action)
  })
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`

function ofIteration({ board: { iteration } }: Look, action: StepAction): string | null {
  if (iteration.state === 'on_hold' && heldBack.has(action)) return `${iteration.name} is on hold: nothing can be activated or started until it is resumed.`
  const open: readonly IterationState[] = ['live', 'on_hold', 'backing_out']
  return open.includes(iteration.state) ? null : `${iteration.name} is ${iterationStateWord[iteration.state].toLowerCase()}, not live: nothing can be done to its steps.`
}

/** Of this very step: who has it already, whose Done it was and since when. */
function ofThisOne({ now, zone }: Look, row: StepRow, action: StepAction): string | null {
  const [taken, told] = [millis(row.takenAt), millis(row.endToldAt)]
  if (action === 'taken' && taken !== null) return `${row.takenBy ?? 'Its team'} has had ${row.code} since ${near(taken, now, zone)}.`
  if (action !== 'undo' || (row.state !== 'complete' && row.state !== 'verifying')) return null
  if (row.doneById === null) return `No person said Done of ${row.code}: there is none to take back.`
  const since = told === null ? '' : `, until a minute after ${near(told, now, zone)}`
  return `Only who said Done of ${row.code} takes it back${since}. A pilot may reopen it.`
}

function ofPerson(look: Look, row: StepRow, action: StepAction): string | null {
  if (look.table === undefined || statesFor(look, row, action, row.relation).length > 0) return null
  const { label } = actionWords[action]
  if (statesFor(look, row, action, 'team').length > 0) return `${label} is for the team of ${row.code} and for pilots: it is another team’s step.`
  const who = statesFor(look, row, action, 'pilot').length > 0 ? 'a pilot' : 'an approver'
  return statesFor(look, row, action).length > 0 ? `${label} takes ${who}. You are not one here.` : null
}

/** Why nothing came of a key or button: what would have to be so for this action, and what the step is instead. */
export function whyNot(look: Look, row: StepRow, action: StepAction): string {
  const { board, now, zone, table } = look
  if (row.dormant) return `${row.code} is dormant: rollback steps wake only when the iteration is backed out.`
  if (!row.inScope) return `${row.code} is out of scope of ${board.iteration.name}: it passes by itself.`
  const first = ofIteration(look, action)
  if (first !== null) return first
  const kind = ofKind[row.behaviour]
  if (table !== undefined && statesFor(look, row, action).length === 0) {
    return kind === undefined ? `${row.code} is a ${row.behaviour}: there is no ${actionWords[action].label} for it.` : `${row.code} ${kind}.`
  }
  const second = ofPerson(look, row, action) ?? ofThisOne(look, row, action)
  if (second !== null) return second
  const waiting = begins.has(action) && row.state === 'not_ready' ? whyWaiting(board, row, now, zone) : []
  if (waiting.length > 0) return `${row.code} is not ready. ${waiting.join(' ')}`
  const states = statesFor(look, row, action, row.relation).map((state) => stepStateWord[state].toLowerCase())
  const needs = states.length === 0 ? 'is not possible now' : `is for steps in the state ${listed(states)}`
  return `${actionWords[action].label} ${needs}; ${row.code} is ${stateWordOf(row).toLowerCase()}.`
}
