import type { Board, Held, StepAction, StepRow } from '../../api/types'
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

/** The first thing that holds a row, and how many more do: FS is not said, it is what people expect. */
function heldNote(row: StepRow): string {
  const [first, ...more] = row.blockedBy
  if (first === undefined) return ''
  const whom = first.code ?? first.sentence ?? 'guard'
  const kind = first.kind === null || first.kind === 'FS' ? '' : ` ${first.kind}`
  return whom + kind + (more.length > 0 ? ` +${more.length}` : '')
}

function opensNote(row: StepRow, now: number, zone: string): string {
  const opens = millis(row.opensAt)
  return opens === null ? '' : `opens ${near(opens, now, zone)}`
}

/** The short note of the *waits for* column: what it waits for, or for how long it has been as it is. */
export function waitNote(row: StepRow, now: number, zone: string): string {
  if (row.dormant) return ''
  if (row.state === 'not_ready') return heldNote(row) || opensNote(row, now, zone)
  if (row.state === 'ready') return `ready ${since(row.readyAt, now)}`
  if (row.state === 'activated') return `told ${since(row.activatedAt, now)}`
  if (row.state === 'in_progress') return `for ${since(row.startedAt, now)}`
  if (row.state === 'verifying') {
    const open = row.tasksTotal - row.tasksDone
    if (open > 0) return `${open} task${open > 1 ? 's' : ''} open`
    return heldNote(row) || opensNote(row, now, zone).replace('opens', 'ends')
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

/** A chapter or macro-phase in words, with how many of its steps are still to be done. */
function groupWords(board: Board, held: Held): string {
  const code = held.code ?? ''
  const chapter = board.chapters.find((one) => one.code === code)
  const phase = board.macroPhases.find((one) => one.code === code)
  const inside = phase ? board.chapters.filter(({ macroPhaseId }) => macroPhaseId === phase.id) : chapter ? [chapter] : []
  const keys = new Set(inside.map(({ id }) => id))
  const steps = board.steps.filter(({ chapterId, dormant }) => keys.has(chapterId) && !dormant)
  const open = steps.filter(({ state }) => state !== 'complete' && state !== 'skipped').length
  const name = chapter?.name ?? phase?.name ?? ''
  return `${held.level === 'chapter' ? 'chapter' : 'macro-phase'} ${code} ${name}: ${open} of ${steps.length} steps are not done`
}

/** What holds a step, in words: TRT-10 Load parts (Data migration), in progress since 01:58. */
function heldWords(board: Board, held: Held, now: number, zone: string): string {
  if (held.code === null) return held.sentence ?? ''
  const what = held.kind === 'SS' || held.kind === 'SF' ? 'the start of ' : ''
  if (held.level !== 'step') return `Waits for ${what}${groupWords(board, held)}.`
  const lag = held.lagSeconds > 0 ? `, then ${span(held.lagSeconds)}` : ''
  return `Waits for ${what}${predecessorWords(board, held.code, now, zone)}${lag}.`
}

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
  if (row.state !== 'not_ready' && row.state !== 'verifying') return []
  const lines = row.blockedBy.map((held) => heldWords(board, held, now, zone))
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
  const waiting = row.state === 'not_ready' ? whyWaiting(board, row, now, zone) : []
  if (waiting.length > 0) return `${row.code} is not ready. ${waiting.join(' ')}`
  const own = row.relation === 'none' ? ' It is another team’s step.' : ''
  return `${label} is not possible for ${row.code}: it is ${stepStateWord[row.state].toLowerCase()}.${own}`
}
