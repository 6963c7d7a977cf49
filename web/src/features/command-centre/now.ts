/** What the Now list says in words, and its order. Pure: now is an argument, in milliseconds. */
import { type ForecastIndex, noForecast } from '../../api/forecast'
import type { Board, NowLine, NowList, StepRow } from '../../api/types'
import { millis, near, span } from '../../lib/time'

export interface Line {
  line: NowLine
  /** The step as the board has it: fresher than the line, and with what may be done. */
  row: StepRow
}

const inHand: readonly StepRow['state'][] = ['failed', 'blocked', 'activated', 'in_progress', 'verifying', 'ready']

const inTrouble = ({ line, row }: Line): boolean =>
  row.state === 'failed' || row.state === 'blocked' || (line.why === 'stuck' && row.state === line.state) || (line.why === 'not_taken' && row.state === 'activated')

/** Float to the minute: by how much it may be later still until the finish moves; nothing is forecast = Infinity. */
function floatMinutes(code: string, forecast: ForecastIndex): number {
  const step = forecast.get(code)
  if (!step) return Infinity
  return step.critical ? 0 : step.totalFloatSeconds === null ? Infinity : Math.max(0, Math.floor(step.totalFloatSeconds / 60))
}

/** By how many seconds a step is late, as the runsheet shows it; 0 = not late. */
export type LateBy = (row: StepRow) => number

/**
 * The lines with their rows, by their effect on the finish: what is in trouble, what is late by the forecast, the rest;
 * in each first what has the least float, then in the server's order. Without a forecast the order is the server's. A
 * step that has left somebody's hands since is left out at once.
 */
export function linesOf(list: NowList | undefined, board: Board, forecast: ForecastIndex = noForecast, lateBy: LateBy = () => 0): Line[] {
  const rows = new Map(board.steps.map((row) => [row.id, row]))
  const lines = (list?.items ?? []).flatMap((line) => {
    const row = rows.get(line.stepId)
    const listed = row && (inHand.includes(row.state) || (line.why === 'stuck' && row.state === line.state))
    return listed && row.inScope && !row.dormant ? [{ line, row }] : []
  })
  if (forecast.size === 0) return lines
  const placed = lines.map((line) => ({ line, rank: inTrouble(line) ? 0 : lateBy(line.row) > 0 ? 1 : 2, float: floatMinutes(line.row.code, forecast) }))
  // Infinity less Infinity is no number: two that are not forecast stay as they are.
  return placed.sort((a, b) => a.rank - b.rank || (a.float === b.float ? 0 : a.float - b.float)).map(({ line }) => line)
}

/** What it may still lose: critical, 6 min of float; '' where nothing is forecast. */
export function floatWords(code: string, forecast: ForecastIndex): string {
  const minutes = floatMinutes(code, forecast)
  if (minutes === Infinity) return ''
  if (forecast.get(code)?.critical) return 'critical'
  return minutes === 0 ? 'under a minute of float' : `${span(minutes * 60)} of float`
}

/** When the step came into its state. */
export function sinceOf(row: StepRow): number | null {
  const at: Partial<Record<StepRow['state'], string | null>> = {
    ready: row.readyAt, activated: row.activatedAt, in_progress: row.startedAt, verifying: row.workEndedAt,
  }
  return millis(row.state in at ? at[row.state] : row.lastAt)
}

const minutes = (ms: number): string => (ms < 60_000 ? 'under a minute' : span(Math.floor(ms / 60_000) * 60))

/** ready 3 min, running 41 min of 58 min */
export function sinceWords(row: StepRow, now: number): string {
  const since = sinceOf(row)
  if (since === null || row.state === 'not_ready') return ''
  const gone = minutes(Math.max(0, now - since))
  if (row.state === 'in_progress' && row.durationSeconds > 0) return `for ${gone} of ${span(row.durationSeconds)}`
  return `for ${gone}`
}

/** Why it stands where it stands, said shortly; '' when its state says it all. */
export function troubleWords({ line, row }: Line, now: number, zone: string): string {
  if (line.why === 'stuck' && row.state === line.state) return line.reason ?? ''
  if (row.state === 'failed') return row.reason ? `“${row.reason}”` : ''
  if (row.state === 'blocked') {
    const back = millis(row.expectedAt)
    const when = back === null ? 'no time of unblocking known' : back < now ? `was to be back ${near(back, now, zone)}, is not` : `back at ${near(back, now, zone)}`
    return [row.reason ? `“${row.reason}”` : null, when].filter(Boolean).join(' · ')
  }
  if (row.state === 'activated') {
    if (row.takenAt !== null) return `${row.takenBy ?? 'its team'} has it`
    return line.why === 'not_taken' ? 'told, but not taken' : 'not taken yet'
  }
  if (row.state === 'verifying') {
    const open = row.tasksTotal - row.tasksDone
    return [
      open > 0 ? `${open} ${open === 1 ? 'task' : 'tasks'} open` : null,
      row.evidenceRequired && row.evidenceCount === 0 ? 'evidence missing' : null,
      row.controlsOpen > 0 ? `${row.controlsOpen} critical ${row.controlsOpen === 1 ? 'control' : 'controls'} not passed` : null,
    ].filter(Boolean).join(' · ')
  }
  return ''
}

/** How much planned work waits behind it: the longest chain. */
export const behindWords = (line: NowLine): string => (line.behindSeconds === 0 ? 'nothing waits for it' : `${span(line.behindSeconds)} of work behind it`)

/** What the list says when it is empty, by how the iteration stands. */
export function emptyWords({ iteration }: Board): { title: string; text: string } {
  const over = iteration.progress.total === iteration.progress.done && iteration.progress.total > 0
  if (iteration.startedAt === null) return { title: 'Nothing runs yet', text: `${iteration.name} has not been started. What can begin stands here as soon as it is.` }
  if (iteration.endedAt !== null) return { title: 'Nothing to do any more', text: `${iteration.name} has ended.` }
  if (over) return { title: 'Every step is done', text: `${iteration.name} can be completed.` }
  return { title: 'Nothing is in hand', text: 'No step is ready, running or in trouble. The runsheet says what each of the others waits for.' }
}
