import type { Board, StepAction, StepRow } from '../../api/types'
import { stepStateWord } from '../../lib/states'
import { millis, near, span } from '../../lib/time'

/** What each action is called, on its button, while it is under way, and its key. */
export const actionWords: Record<StepAction, { label: string; doing: string; key: string }> = {
  activate: { label: 'Activate', doing: 'Activating…', key: 'a' },
  start: { label: 'Start', doing: 'Starting…', key: 's' },
  complete: { label: 'Done', doing: 'Completing…', key: 'd' },
  fail: { label: 'Fail', doing: 'Failing…', key: 'f' },
  skip: { label: 'Skip', doing: 'Skipping…', key: 'x' },
  retry: { label: 'Retry', doing: 'Retrying…', key: 't' },
  decide: { label: 'Decide', doing: 'Answering…', key: 'd' },
}

const since = (iso: string | null, now: number): string => {
  const at = millis(iso)
  return at === null ? '' : span(Math.max(0, Math.floor((now - at) / 60_000) * 60))
}

/** The short note of the *waits for* column: what it waits for, or for how long it has been as it is. */
export function waitNote(row: StepRow, now: number, zone: string): string {
  if (row.dormant) return ''
  if (row.state === 'not_ready') {
    const [first, ...more] = row.waitsFor
    if (first !== undefined) return more.length > 0 ? `${first} +${more.length}` : first
    const opens = millis(row.opensAt)
    return opens === null ? '' : `opens ${near(opens, now, zone)}`
  }
  if (row.state === 'ready') return `ready ${since(row.readyAt, now)}`
  if (row.state === 'activated') return `told ${since(row.activatedAt, now)}`
  if (row.state === 'in_progress') return `for ${since(row.startedAt, now)}`
  if (row.state === 'verifying') {
    const open = row.tasksTotal - row.tasksDone
    return open > 0 ? `${open} task${open > 1 ? 's' : ''} open` : ''
  }
  return row.state === 'blocked' || row.state === 'failed' || row.state === 'skipped' ? (row.reason ?? '') : ''
}

const indexes = new WeakMap<StepRow[], Map<string, StepRow>>()

/** A board's row by its code; the index is made once for each set of rows. */
export function rowOf(board: Board, code: string): StepRow | undefined {
  let index = indexes.get(board.steps)
  if (!index) {
    index = new Map(board.steps.map((row) => [row.code, row]))
    indexes.set(board.steps, index)
  }
  return index.get(code)
}

/** One predecessor in words: TRT-10 Load parts (Data migration), in progress since 01:58. */
function predecessorWords(board: Board, code: string, now: number, zone: string): string {
  const row = rowOf(board, code)
  if (!row) return code
  const team = board.teams.find(({ id }) => id === row.teamId)?.name
  const at = millis(row.lastAt)
  const how = stepStateWord[row.state].toLowerCase() + (at === null ? '' : ` since ${near(at, now, zone)}`)
  return `${code} ${row.name}${team === undefined ? '' : ` (${team})`}, ${how}`
}

/** Why a step is not ready, a line for each predecessor it waits for; empty when it is not waiting. */
export function whyWaiting(board: Board, row: StepRow, now: number, zone: string): string[] {
  if (row.dormant) return ['Dormant: a rollback step, asleep unless the iteration is backed out.']
  if (row.state !== 'not_ready') return []
  const lines = row.waitsFor.map((code) => `Waits for ${predecessorWords(board, code, now, zone)}.`)
  const opens = millis(row.opensAt)
  if (opens !== null) lines.push(`Opens at ${near(opens, now, zone)}.`)
  return lines
}

/** Why a key did nothing: in words, from what the row says. */
export function whyNot(board: Board, row: StepRow, action: StepAction, now: number, zone: string): string {
  const label = actionWords[action].label
  if (row.dormant) return `${row.code} is dormant: rollback steps wake only when the iteration is backed out.`
  if (board.iteration.state === 'on_hold' && (action === 'activate' || action === 'start')) {
    return `${board.iteration.name} is on hold: nothing can be activated or started until it is resumed.`
  }
  const waiting = whyWaiting(board, row, now, zone)
  if (waiting.length > 0) return `${row.code} is not ready. ${waiting.join(' ')}`
  const own = row.relation === 'none' ? ' It is another team’s step.' : ''
  return `${label} is not possible for ${row.code}: it is ${stepStateWord[row.state].toLowerCase()}.${own}`
}
