/** What of the critical path is still to be done, as blocks in its order. Pure; moments in milliseconds. */
import type { ForecastDocument } from '../../api/forecast'
import { forecastIndex } from '../../api/forecast'
import type { Board, StepRow } from '../../api/types'
import { isOver } from '../../lib/states'
import { millis } from '../../lib/time'

export interface Block {
  row: StepRow
  teamName: string
  start: number
  end: number
  /** How wide it is drawn beside the others: what is left of it, in seconds. */
  seconds: number
  /** Nothing of the path runs for so long before it, in seconds: a lag, a fixed start, a blackout. */
  gapSeconds: number
  late: boolean
  assumed: boolean
  /** How far it is at `now`, 0 to 1; null while it has not begun. */
  gone: number | null
}

/** What of it is left: how wide it is drawn, beside a middling one. */
export function widths(blocks: readonly Block[]): number[] {
  const sorted = blocks.map(({ seconds }) => seconds).sort((a, b) => a - b)
  const middle = Math.max(60, sorted[Math.floor(sorted.length / 2)] ?? 60)
  return blocks.map(({ seconds }) => Math.round(Math.min(420, Math.max(116, (140 * seconds) / middle))))
}

/** Pauses shorter than this are no pauses. */
const leastGap = 60

export function blocksOf(board: Board, forecast: ForecastDocument, now: number): Block[] {
  const rows = new Map(board.steps.map((row) => [row.code, row]))
  const steps = forecastIndex(forecast)
  const teams = new Map(board.teams.map(({ id, name }) => [id, name]))
  const blocks: Block[] = []
  let before = now
  for (const code of forecast.criticalPath) {
    const [row, step] = [rows.get(code), steps.get(code)]
    const [start, end] = [millis(step?.start), millis(step?.end)]
    if (!row || !step || start === null || end === null || isOver(row.state) || row.dormant) continue
    const begun = row.startedAt !== null
    const gap = blocks.length === 0 && begun ? 0 : Math.round((start - before) / 1000)
    blocks.push({
      row, teamName: row.teamId === null ? '' : (teams.get(row.teamId) ?? ''), start, end,
      seconds: Math.max(0, Math.round((end - Math.max(start, begun ? now : start)) / 1000)), gapSeconds: gap >= leastGap ? gap : 0,
      late: step.late, assumed: step.assumed, gone: begun && end > start ? Math.min(1, Math.max(0, (now - start) / (end - start))) : null,
    })
    before = end
  }
  return blocks
}
