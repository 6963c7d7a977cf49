import { type ForecastIndex, noForecast } from '../../api/forecast'
import type { Board, Chapter, MacroPhase, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { counts, delayAt } from './late'
import { comingOf, momentsOf } from './moments'

/** What a folded group says of the steps in it. Times in milliseconds; only steps that count are in it. */
export interface Figures {
  /** Complete or skipped, as everywhere: what was cancelled is over, and not done. */
  done: number
  cancelled: number
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
  /** From the first to the last of what is still to come in it, by the forecast. */
  comingStart: number | null
  comingEnd: number | null
  /**
   * Of what is open in it, the worst delay at `now`, once that is late; else how far its forecast end is from its planned
   * one. Of what is wholly over, or not forecast, the delay of its last fact.
   */
  delaySeconds: number | null
}

const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b))
const most = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))

const trouble = new Set(['blocked', 'failed'])

/** Sums up a group. */
export function figuresOf(rows: readonly StepRow[], now: number, forecast: ForecastIndex = noForecast): Figures {
  const counted = rows.filter(counts)
  const sum: Figures = {
    done: 0, cancelled: 0, total: counted.length, running: 0, activated: 0, verifying: 0, trouble: 0,
    plannedStart: null, plannedEnd: null, startedAt: null, endedAt: null, comingStart: null, comingEnd: null, delaySeconds: null,
  }
  let latest = -Infinity
  let worst = -Infinity
  // When what has a planned end will be over: woken rollback steps have none, and are no delay of the way forward.
  let coming: number | null = null
  let ended: number | null = null
  for (const row of counted) {
    const { plannedStart, plannedEnd, startedAt, endedAt } = momentsOf(row)
    if (row.state === 'cancelled') sum.cancelled += 1
    else if (isOver(row.state)) sum.done += 1
    else {
      worst = Math.max(worst, delayAt(row, now, forecast) ?? -Infinity)
      const step = forecast.get(row.code)
      if (step) {
        sum.comingStart = least(sum.comingStart, comingOf(step).start)
        sum.comingEnd = most(sum.comingEnd, comingOf(step).end)
        if (plannedEnd !== null) coming = most(coming, comingOf(step).end)
      }
    }
    if (row.state === 'in_progress') sum.running += 1
    if (row.state === 'activated') sum.activated += 1
    if (row.state === 'verifying') sum.verifying += 1
    if (trouble.has(row.state)) sum.trouble += 1
    sum.plannedStart = least(sum.plannedStart, plannedStart)
    sum.plannedEnd = most(sum.plannedEnd, plannedEnd)
    sum.startedAt = least(sum.startedAt, startedAt)
    sum.endedAt = most(sum.endedAt, endedAt)
    if (plannedEnd !== null) ended = most(ended, endedAt)
    const fact = endedAt ?? startedAt
    if (fact !== null && fact >= latest && row.delaySeconds !== null) {
      latest = fact
      sum.delaySeconds = row.delaySeconds
    }
  }
  // What ended late in it may end it still: its end is the last of both.
  const end = coming === null ? null : most(coming, ended)
  if (sum.done + sum.cancelled < sum.total) sum.endedAt = null
  if (worst > 60) sum.delaySeconds = worst
  else if (end !== null && sum.plannedEnd !== null) sum.delaySeconds = Math.round((end - sum.plannedEnd) / 1000)
  return sum
}

const byPosition = (a: { position: number }, b: { position: number }): number => a.position - b.position

export interface ChapterRows {
  chapter: Chapter
  rows: StepRow[]
  dormant: boolean
}
export interface MacroRows {
  macro: MacroPhase
  chapters: ChapterRows[]
  dormant: boolean
}

/** The board as the tree it is: macro-phases, their chapters, their steps, each in its order. */
export function treeOf(board: Pick<Board, 'steps' | 'chapters' | 'macroPhases'>): MacroRows[] {
  const rowsOf = new Map<string, StepRow[]>()
  for (const row of board.steps) {
    const known = rowsOf.get(row.chapterId)
    if (known) known.push(row)
    else rowsOf.set(row.chapterId, [row])
  }
  return [...board.macroPhases].sort(byPosition).map((macro) => {
    const chapters = board.chapters
      .filter((chapter) => chapter.macroPhaseId === macro.id)
      .sort(byPosition)
      .map((chapter): ChapterRows => {
        const rows = (rowsOf.get(chapter.id) ?? []).sort(byPosition)
        return { chapter, rows, dormant: rows.length > 0 && rows.every((row) => row.dormant) }
      })
    return { macro, chapters, dormant: chapters.length > 0 && chapters.every(({ dormant }) => dormant) }
  })
}

/** The figures of every macro-phase and chapter, by id. */
export function figuresOfAll(tree: readonly MacroRows[], now: number, forecast: ForecastIndex = noForecast): ReadonlyMap<string, Figures> {
  const found = new Map<string, Figures>()
  for (const { macro, chapters } of tree) {
    found.set(macro.id, figuresOf(chapters.flatMap(({ rows }) => rows), now, forecast))
    for (const { chapter, rows } of chapters) found.set(chapter.id, figuresOf(rows, now, forecast))
  }
  return found
}

/** The share of the plan that was to be done by `now`, weighted by duration; null without durations. */
export function plannedPercent(board: Board, now: number): number | null {
  let due = 0
  let all = 0
  for (const row of board.steps) {
    if (!counts(row)) continue
    all += row.durationSeconds
    const end = momentsOf(row).plannedEnd
    if (end !== null && end <= now) due += row.durationSeconds
  }
  return all === 0 ? null : Math.floor((1000 * due) / all) / 10
}
