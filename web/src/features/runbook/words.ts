import type { Board, Held, LinkInto, LinkKind, StepAction, StepRow } from '../../api/types'
import { stepStateWord } from '../../lib/states'
import { millis, near, span, weekClock } from '../../lib/time'
import { counts } from './late'

/** What each action is called, on its button, while it is under way, and its key. */
export const actionWords: Record<StepAction, { label: string; doing: string; key: string }> = {
  activate: { label: 'Activate', doing: 'Activating…', key: 'a' },
  start: { label: 'Start', doing: 'Starting…', key: 's' },
  complete: { label: 'Done', doing: 'Completing…', key: 'd' },
  taken: { label: 'I have it', doing: 'Taking…', key: 'i' },
  undo: { label: 'Undo Done', doing: 'Taking back…', key: 'u' },
  block: { label: 'Block', doing: 'Blocking…', key: 'b' },
  unblock: { label: 'Unblock', doing: 'Unblocking…', key: 'b' },
  reopen: { label: 'Reopen', doing: 'Reopening…', key: 'r' },
  cancel: { label: 'Cancel the step', doing: 'Cancelling…', key: '' },
  override: { label: 'Start although not ready', doing: 'Overriding…', key: 'o' },
  waive: { label: 'Waive a dependency', doing: 'Waiving…', key: 'w' },
  fail: { label: 'Fail', doing: 'Failing…', key: 'f' },
  skip: { label: 'Skip', doing: 'Skipping…', key: 'x' },
  retry: { label: 'Retry', doing: 'Retrying…', key: 't' },
  decide: { label: 'Decide', doing: 'Answering…', key: 'd' },
}

/** What is said to a press that came while the one before is not answered yet. */
export const stillSaving = ({ code }: Pick<StepRow, 'code'>, action: StepAction): string =>
  `${code}: still saving ${actionWords[action].label}. Nothing else was sent; press again when it is saved.`

/** How long since, in whole minutes: rows are not drawn again each second. */
const since = (iso: string | null, now: number): string => {
  const at = millis(iso)
  if (at === null) return ''
  const minutes = Math.floor((now - at) / 60_000)
  return minutes < 1 ? '<1 min' : span(minutes * 60)
}

/** A step's state in a word: what sleeps and what is not part of this iteration have their own. */
export const stateWordOf = ({ state, dormant, inScope }: Pick<StepRow, 'state' | 'dormant' | 'inScope'>): string =>
  dormant ? 'Dormant' : inScope ? stepStateWord[state] : 'Out of scope'

/** Whether the note of a row names what the step waits for: on a phone, without the column's title, it says so. */
export const waits = (row: StepRow): boolean => counts(row) && row.state === 'not_ready' && typeof row.blockedBy[0]?.code === 'string'

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
  if (!counts(row)) return ''
  if (row.state === 'not_ready') return heldNote(row) || opensNote(row, now, zone)
  if (row.state === 'ready') return `ready ${since(row.readyAt, now)}`
  if (row.state === 'activated') return row.takenBy === null ? `told ${since(row.activatedAt, now)}` : `${row.takenBy} has it`
  if (row.state === 'in_progress') return `for ${since(row.startedAt, now)}`
  if (row.state === 'verifying') {
    const open = row.tasksTotal - row.tasksDone
    if (open > 0) return `${open} task${open > 1 ? 's' : ''} open`
    return heldNote(row) || opensNote(row, now, zone).replace('opens', 'ends')
  }
  return row.state === 'blocked' || row.state === 'failed' || row.state === 'skipped' ? (row.reason ?? '') : ''
}

interface Index {
  byCode: Map<string, StepRow>
  /** By chapter: how many steps count, and how many of those are not done. */
  chapters: Map<string, { open: number; all: number }>
}

const indexes = new WeakMap<StepRow[], Index>()

/** The index is made once for each set of rows. */
function indexOf({ steps }: Board): Index {
  const known = indexes.get(steps)
  if (known) return known
  const index: Index = { byCode: new Map(), chapters: new Map() }
  for (const row of steps) {
    index.byCode.set(row.code, row)
    if (!counts(row)) continue
    const sums = index.chapters.get(row.chapterId) ?? { open: 0, all: 0 }
    index.chapters.set(row.chapterId, sums)
    sums.all += 1
    if (row.state !== 'complete' && row.state !== 'skipped') sums.open += 1
  }
  indexes.set(steps, index)
  return index
}

/** A board's row by its code. */
export const rowOf = (board: Board, code: string): StepRow | undefined => indexOf(board).byCode.get(code)

/** A chapter or macro-phase in words, with how many of its steps are still to be done. */
function groupWords(board: Board, code: string): string {
  const chapter = board.chapters.find((one) => one.code === code)
  const phase = board.macroPhases.find((one) => one.code === code)
  const inside = phase ? board.chapters.filter(({ macroPhaseId }) => macroPhaseId === phase.id) : chapter ? [chapter] : []
  const sums = inside.map(({ id }) => indexOf(board).chapters.get(id) ?? { open: 0, all: 0 })
  const [open, all] = [sums.reduce((sum, one) => sum + one.open, 0), sums.reduce((sum, one) => sum + one.all, 0)]
  return `${phase ? 'macro-phase' : 'chapter'} ${code} ${phase?.name ?? chapter?.name ?? ''}: ${open} of ${all} steps are not done`
}

const linkKinds: Record<LinkKind, string> = {
  FS: 'from its end to the start', SS: 'from its start to the start', FF: 'from its end to the end', SF: 'from its start to the end',
}

/** Kind and lag of a link, where they are not what people expect, a plain finish to start: SS +10 min. */
export function linkMark({ kind, lagSeconds }: Pick<LinkInto, 'kind' | 'lagSeconds'>): string {
  if (kind === 'FS' && lagSeconds === 0) return ''
  const lag = lagSeconds === 0 ? '' : ` ${lagSeconds > 0 ? '+' : '−'}${span(Math.abs(lagSeconds))}`
  return `${kind}${lag}`
}

/** The same in words: from its start to the start, 10 min later. */
export function linkWords({ kind, lagSeconds }: Pick<LinkInto, 'kind' | 'lagSeconds'>): string {
  const lag = lagSeconds === 0 ? '' : `, ${span(Math.abs(lagSeconds))} ${lagSeconds > 0 ? 'later' : 'earlier'}`
  return linkKinds[kind] + lag
}

/** What a whole chapter or macro-phase waits for, a line for each link into it. */
export function afterWords(board: Board, after: readonly LinkInto[]): string {
  return after.map((link) => {
    const row = rowOf(board, link.code)
    const what = row ? `${row.code} ${row.name}, ${stateWordOf(row).toLowerCase()}` : groupWords(board, link.code)
    const how = linkMark(link) === '' ? '' : ` (${linkWords(link)})`
    return `Waits for ${what}${how}.`
  }).join('\n')
}

/** When a step may begin: 06:00, with its day when that is not the planned one's. */
export const fixedNote = (row: StepRow, zone: string, days: boolean): string => {
  const at = millis(row.fixedStart)
  return at === null ? '' : days ? weekClock(at, zone) : near(at, millis(row.plannedStart) ?? at, zone)
}

/** What holds a step, in words: TRT-10 Load parts (Data migration), in progress since 01:58. */
function heldWords(board: Board, held: Held, now: number, zone: string): string {
  if (held.code === null) return held.sentence ?? ''
  const what = held.kind === 'SS' || held.kind === 'SF' ? 'the start of ' : ''
  if (held.level !== 'step') return `Waits for ${what}${groupWords(board, held.code)}.`
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

/** What a step does in an iteration it is not part of. */
export const outOfScope = 'Out of scope of this iteration: it takes no time, does not count and passes by itself.'

/** Why a step is not ready, a line for each predecessor it waits for; empty when it is not waiting. */
export function whyWaiting(board: Board, row: StepRow, now: number, zone: string): string[] {
  if (row.dormant) return ['Dormant: a rollback step, asleep unless the iteration is backed out.']
  if (!row.inScope) return [outOfScope]
  if (row.state !== 'not_ready' && row.state !== 'verifying') return []
  const lines = row.blockedBy.map((held) => heldWords(board, held, now, zone))
  const opens = millis(row.opensAt)
  if (opens !== null) lines.push(`Opens at ${near(opens, now, zone)}.`)
  return lines
}
