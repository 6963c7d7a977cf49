/** The graph's boxes, made from the board and its forecast. Pure. */
import { type ForecastDocument, type ForecastIndex, forecastIndex } from '../../api/forecast'
import type { Board, LinkInto, StepRow } from '../../api/types'
import type { GraphChapter, GraphLink, GraphStep, Network } from '../../features/graph/types'
import { treeOf } from '../../features/runbook/groups'
import { counts, isCritical, isLate } from '../../features/runbook/late'
import { linkMark, linkWords, stateWordOf } from '../../features/runbook/words'
import { isOver, stepStates } from '../../lib/states'

const links = (after: readonly LinkInto[]): GraphLink[] =>
  after.filter(({ waived }) => !waived).map((link) => ({ code: link.code, kind: link.kind, note: linkMark(link), words: linkWords(link) }))

interface Look { forecast: ForecastIndex; now: number; begun: boolean }

function stepOf(row: StepRow, { forecast, now, begun }: Look): GraphStep {
  const step = forecast.get(row.code)
  const open = counts(row) && !isOver(row.state)
  return {
    code: row.code, name: row.name, state: row.state, word: stateWordOf(row), behaviour: row.behaviour, dormant: row.dormant || !row.inScope,
    late: begun && open && isLate(row, now, forecast), critical: isCritical(row, forecast), atRisk: open && step?.atRisk === true, links: links(row.predecessors),
  }
}

/** The share of a chapter that is done, by the time its steps take; by their number where none takes any. */
function percentOf(rows: readonly StepRow[]): number | null {
  if (rows.length === 0) return null
  const weigh = rows.some(({ durationSeconds }) => durationSeconds > 0) ? (row: StepRow) => row.durationSeconds : () => 1
  const sum = (some: readonly StepRow[]) => some.reduce((total, row) => total + weigh(row), 0)
  return Math.floor((100 * sum(rows.filter(({ state }) => state === 'complete' || state === 'skipped'))) / sum(rows))
}

/** Every chapter with its steps; those out of scope pass by themselves, and are left out. */
export function networkOf(board: Board, document: ForecastDocument | null | undefined, now: number): Network {
  const look: Look = { forecast: forecastIndex(document), now, begun: board.iteration.startedAt !== null || Boolean(document) }
  const tree = treeOf(board)
  const chapters = tree.flatMap(({ macro, chapters: inside }) => inside.map(({ chapter, rows, dormant }): GraphChapter => {
    const steps = rows.filter(({ inScope }) => inScope).map((row) => stepOf(row, look))
    const counted = rows.filter(counts)
    return {
      code: chapter.code, name: chapter.name, phase: macro.code, dormant, links: links(chapter.after), steps,
      mix: stepStates.map((state) => [state, counted.filter((row) => row.state === state).length] as const).filter(([, count]) => count > 0),
      done: counted.filter(({ state }) => state === 'complete' || state === 'skipped').length, total: counted.length, percent: percentOf(counted),
      late: steps.some(({ late }) => late), critical: steps.some(({ critical }) => critical),
    }
  }))
  return { phases: tree.map(({ macro }) => ({ code: macro.code, name: macro.name, links: links(macro.after) })), chapters }
}

const busy = new Set<StepRow['state']>(['in_progress', 'verifying', 'blocked', 'failed'])
const waiting = new Set<StepRow['state']>(['ready', 'activated', 'not_ready'])

/** The step one wants to see first: what is running or stands still, else what comes next; none before anything is over. */
export function nextOf({ chapters }: Network): string | null {
  const steps = chapters.filter(({ dormant }) => !dormant).flatMap((chapter) => chapter.steps.filter(({ dormant }) => !dormant))
  if (!steps.some(({ state }) => isOver(state) || busy.has(state))) return null
  const order: ((step: GraphStep) => boolean)[] = [({ state }) => busy.has(state), ({ state }) => state === 'ready' || state === 'activated', ({ state }) => waiting.has(state)]
  for (const wanted of order) {
    const found = steps.find(wanted)
    if (found) return found.code
  }
  return null
}
