/** The Gantt's rows, made from the board and its forecast. Pure; moments in milliseconds. */
import type { ForecastDocument, ForecastGroup, ForecastIndex, ForecastStep } from '../../api/forecast'
import type { Board, LinkInto, StepRow } from '../../api/types'
import type { GanttRow, Mark, Span } from '../../features/gantt/types'
import { counts, delayAt, isCritical, isLate } from '../../features/runbook/late'
import { momentsOf } from '../../features/runbook/moments'
import type { GroupItem, Item } from '../../features/runbook/rows'
import { linkMark, stateWordOf } from '../../features/runbook/words'
import { isOver } from '../../lib/states'
import { millis } from '../../lib/time'

export interface Look {
  forecast: ForecastIndex
  groups: ReadonlyMap<string, ForecastGroup>
  /** Now, by the half minute. */
  now: number
  /** Whether the night has begun, or is forecast: before, nothing is late. */
  begun: boolean
}

const running = new Set<StepRow['state']>(['in_progress', 'verifying', 'blocked'])
const nearMinutes = 60

const span = (start: number | null, end: number | null): Span | null => (start === null || end === null ? null : [start, Math.max(start, end)])
const links = (after: readonly LinkInto[]) => after.filter(({ waived }) => !waived).map((link) => ({ code: link.code, kind: link.kind, note: linkMark(link) }))

/** How near a step is to the critical path: by the share of simulated nights, else by its float. */
export function nearness(step: ForecastStep | undefined): number {
  if (step?.criticality != null) return step.criticality
  if (step?.critical) return 1
  const float = step?.totalFloatSeconds ?? null
  return float === null ? 0 : Math.max(0, 1 - float / 60 / nearMinutes) * 0.5
}

/** Of what is over nothing is forecast any more; of what runs, only the rest. */
function comingOf(row: StepRow, step: ForecastStep | undefined): Span | null {
  if (isOver(row.state) || !step || row.dormant) return null
  return span(millis(step.start), millis(step.end))
}

function stepRow(row: StepRow, { forecast, now, begun }: Look): GanttRow {
  const step = forecast.get(row.code)
  const { plannedStart, plannedEnd, startedAt, endedAt } = momentsOf(row)
  const [baselineStart, baselineEnd] = [millis(row.baselineStart), millis(row.baselineEnd)]
  const over = isOver(row.state)
  const goes = startedAt !== null && endedAt === null && running.has(row.state)
  return {
    id: row.id, kind: 'step', code: row.code, name: row.name, folded: false, state: row.state, word: stateWordOf(row),
    planned: span(plannedStart, plannedEnd),
    baseline: baselineStart !== plannedStart || baselineEnd !== plannedEnd ? span(baselineStart, baselineEnd) : null,
    forecast: comingOf(row, step),
    actual: startedAt === null ? null : span(startedAt, goes ? startedAt : (endedAt ?? startedAt)),
    running: goes, p80: over ? null : millis(step?.p80End),
    critical: isCritical(row, forecast), near: over || !counts(row) ? 0 : nearness(step),
    late: !over && begun && isLate(row, now, forecast), atRisk: !over && step?.atRisk === true, assumed: step?.assumed === true,
    dormant: row.dormant, pointOfNoReturn: row.pointOfNoReturn, delaySeconds: begun ? delayAt(row, now, forecast) : null, over, links: links(row.predecessors),
  }
}

function groupRow(item: GroupItem, { groups, begun }: Look): GanttRow {
  const { plannedStart, plannedEnd, startedAt, endedAt, comingStart, comingEnd, delaySeconds, done, cancelled, total } = item.figures
  const over = total > 0 && done + cancelled === total
  const group = groups.get(item.code)
  const late = begun && !over && (group?.late === true || (delaySeconds ?? 0) > 60)
  return {
    id: item.id, kind: item.kind, code: item.code, name: item.name, folded: item.folded, state: null,
    word: item.dormant ? 'Dormant' : `${String(done)} of ${String(total)}`,
    planned: item.dormant ? null : span(plannedStart, plannedEnd), baseline: null,
    forecast: over || item.dormant ? null : span(startedAt ?? comingStart, comingEnd),
    actual: startedAt === null ? null : span(startedAt, over ? (endedAt ?? startedAt) : startedAt),
    running: startedAt !== null && !over, p80: null, near: 0,
    // Unfolded, its steps say it themselves.
    critical: item.folded && !over && group?.critical === true, late: item.folded && late, atRisk: false, assumed: false, dormant: item.dormant, pointOfNoReturn: false,
    delaySeconds: item.dormant || !begun ? null : delaySeconds, over, links: links(item.after),
  }
}

/** Rows as they are asked for; each is made once and kept, so that what did not change is not drawn again. */
export function rowMaker(items: readonly Item[], look: Look): (index: number) => GanttRow {
  const known = new Map<number, GanttRow>()
  return (index) => {
    const item = items[index]
    if (!item) throw new RangeError(`There is no row ${String(index)}.`)
    const row = known.get(index) ?? (item.kind === 'step' ? kept(item.row, look) : groupRow(item, look))
    known.set(index, row)
    return row
  }
}

const steps = new WeakMap<StepRow, { look: Look; made: GanttRow }>()

/** An event makes new lines of all steps, but new rows only of those that it changed. */
function kept(row: StepRow, look: Look): GanttRow {
  const known = steps.get(row)
  if (known?.look === look) return known.made
  const made = stepRow(row, look)
  steps.set(row, { look, made })
  return made
}

/** The line of each code: its own, or that of the folded group that it is in. */
export function placesOf(board: Board, items: readonly Item[]): ReadonlyMap<string, number> {
  const places = new Map(items.map((item, i) => [item.kind === 'step' ? item.row.code : item.code, i]))
  const chapterOf = new Map(board.chapters.map((chapter) => [chapter.id, chapter]))
  const phaseCode = new Map(board.macroPhases.map(({ id, code }) => [id, code]))
  for (const { code, macroPhaseId } of board.chapters) {
    const at = places.get(code) ?? places.get(phaseCode.get(macroPhaseId) ?? '')
    if (at !== undefined) places.set(code, at)
  }
  for (const row of board.steps) {
    const at = places.has(row.code) ? undefined : places.get(chapterOf.get(row.chapterId)?.code ?? '')
    if (at !== undefined) places.set(row.code, at)
  }
  return places
}

const quarter = 15 * 60_000

/** From the first moment of anything that is drawn to the last, on quarter hours, so that it moves seldom. */
export function rangeOf(board: Board, forecast: ForecastDocument | null | undefined, now: number): { start: number; end: number } {
  const { iteration } = board
  let start = millis(iteration.plannedStart) ?? now
  let end = Math.max(start + quarter, millis(iteration.plannedEnd) ?? 0, millis(forecast?.finish?.forecast) ?? 0, millis(forecast?.uncertainty?.p95) ?? 0)
  for (const row of board.steps) {
    if (!counts(row)) continue
    const { plannedStart, plannedEnd, startedAt, endedAt } = momentsOf(row)
    start = Math.min(start, plannedStart ?? start, startedAt ?? start)
    end = Math.max(end, plannedEnd ?? end, endedAt ?? end)
  }
  if (iteration.startedAt !== null && iteration.endedAt === null) end = Math.max(end, now)
  const window = millis(iteration.windowEnd)
  // A window that ends long after the plan would squeeze the whole night into a corner.
  if (window !== null && window - start <= 2 * (end - start)) end = Math.max(end, window)
  return { start: Math.floor(start / quarter) * quarter, end: Math.ceil(end / quarter) * quarter }
}

/** The moments that count for the whole night. */
export function marksOf({ iteration }: Board, forecast: ForecastDocument | null | undefined): Mark[] {
  const [window, decision] = [millis(iteration.windowEnd), millis(forecast?.gauge?.lastSafeDecision)]
  const ponr = forecast?.gauge?.pointOfNoReturn
  const step = ponr && forecast.steps.find(({ code }) => code === ponr.stepCode)
  const at = millis(ponr?.begunAt ?? step?.start)
  const found: Mark[] = []
  if (window !== null) found.push({ kind: 'window', at: window, label: 'window ends', short: 'window ends' })
  if (ponr && at !== null) found.push({ kind: 'return', at, label: `point of no return ${ponr.stepCode}`, short: `no return ${ponr.stepCode}` })
  if (decision !== null && iteration.endedAt === null) found.push({ kind: 'decision', at: decision, label: 'last safe decision', short: 'safe decision' })
  return found
}
