import type { Board, Chapter, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { millis } from '../../lib/time'
import { delayAt } from './late'

/** What a folded group says of the steps in it. Times in milliseconds; dormant steps are not counted. */
export interface Figures {
  done: number
  total: number
  running: number
  activated: number
  verifying: number
  trouble: number
  plannedStart: number | null
  plannedEnd: number | null
  startedAt: number | null
  /** Null while something in it is still open. */
  endedAt: number | null
  /** Of what is open in it, the worst delay at `now`; of what is wholly over, the delay of its last fact. */
  delaySeconds: number | null
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b))
const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))

const trouble = new Set(['blocked', 'failed'])

/** Sums up a group. */
export function figuresOf(rows: readonly StepRow[], now: number): Figures {
  const counted = rows.filter((row) => !row.dormant)
  const sum: Figures = {
    done: 0, total: counted.length, running: 0, activated: 0, verifying: 0, trouble: 0,
    plannedStart: null, plannedEnd: null, startedAt: null, endedAt: null, delaySeconds: null,
  }
  let latest = -Infinity
  for (const row of counted) {
    if (isOver(row.state)) sum.done += 1
    if (row.state === 'in_progress') sum.running += 1
    if (row.state === 'activated') sum.activated += 1
    if (row.state === 'verifying') sum.verifying += 1
    if (trouble.has(row.state)) sum.trouble += 1
    sum.plannedStart = least(sum.plannedStart, millis(row.plannedStart))
    sum.plannedEnd = most(sum.plannedEnd, millis(row.plannedEnd))
    sum.startedAt = least(sum.startedAt, millis(row.startedAt))
    sum.endedAt = most(sum.endedAt, millis(row.endedAt))
    const fact = millis(row.endedAt ?? row.startedAt)
    if (fact !== null && fact >= latest && row.delaySeconds !== null) {
      latest = fact
      sum.delaySeconds = row.delaySeconds
    }
  }
  if (sum.done < sum.total) {
    sum.endedAt = null
    const open = counted.filter((row) => !isOver(row.state)).map((row) => delayAt(row, now) ?? -Infinity)
    const worst = Math.max(...open)
    if (worst > 60) sum.delaySeconds = worst
  }
  return sum
}

const byPosition = (a: { position: number }, b: { position: number }): number => a.position - b.position

export interface ChapterRows {
  chapter: Chapter
  rows: StepRow[]
  dormant: boolean
}
export interface MacroRows {
  id: string
  code: string
  name: string
  chapters: ChapterRows[]
  dormant: boolean
}

/** The board as the tree it is: macro-phases, their chapters, their steps, each in its order. */
export function treeOf(board: Board): MacroRows[] {
  const rowsOf = new Map<string, StepRow[]>()
  for (const row of board.steps) {
    const known = rowsOf.get(row.chapterId)
    if (known) known.push(row)
    else rowsOf.set(row.chapterId, [row])
  }
  return [...board.macroPhases].sort(byPosition).map(({ id, code, name }) => {
    const chapters = board.chapters
      .filter((chapter) => chapter.macroPhaseId === id)
      .sort(byPosition)
      .map((chapter): ChapterRows => {
        const rows = (rowsOf.get(chapter.id) ?? []).sort(byPosition)
        return { chapter, rows, dormant: rows.length > 0 && rows.every((row) => row.dormant) }
      })
    return { id, code, name, chapters, dormant: chapters.length > 0 && chapters.every(({ dormant }) => dormant) }
  })
}

/** The share of the plan that was to be done by `now`, weighted by duration; null without durations. */
export function plannedPercent(board: Board, now: number): number | null {
  let due = 0
  let all = 0
  for (const row of board.steps) {
    if (row.dormant) continue
    all += row.durationSeconds
    const end = millis(row.plannedEnd)
    if (end !== null && end <= now) due += row.durationSeconds
  }
  return all === 0 ? null : Math.floor((1000 * due) / all) / 10
}
