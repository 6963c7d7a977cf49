/** What the Now list says in words. Pure: now is an argument, in milliseconds. The order is the server's. */
import type { Board, NowLine, NowList, StepRow } from '../../api/types'
import { millis, near, span } from '../../lib/time'

export interface Line {
  line: NowLine
  /** The step as the board has it: fresher than the line, and with what may be done. */
  row: StepRow
}

const inHand: readonly StepRow['state'][] = ['failed', 'blocked', 'activated', 'in_progress', 'verifying', 'ready']

/** The lines in the server's order, with their rows; a step that has left somebody's hands since is left out at once. */
export function linesOf(now: NowList | undefined, board: Board): Line[] {
  const rows = new Map(board.steps.map((row) => [row.id, row]))
  return (now?.items ?? []).flatMap((line) => {
    const row = rows.get(line.stepId)
    const listed = row && (inHand.includes(row.state) || (line.why === 'stuck' && row.state === line.state))
    return listed && row.inScope && !row.dormant ? [{ line, row }] : []
  })
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
    const when = back === null ? 'no time of unblocking known' : `back at ${near(back, now, zone)}`
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
