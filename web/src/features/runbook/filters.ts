/** The filters of the runsheet: what they let through, what they are called, and which of them leaves nothing. Pure. */
import { type ForecastIndex, noForecast } from '../../api/forecast'
import type { Board, StepRow } from '../../api/types'
import type { RunsheetSearch } from '../../lib/paths'
import { stepStates, stepStateWord, type StepStateName } from '../../lib/states'
import { isCritical, isLate } from './late'

/** The filters that narrow; `out` widens, and `step` is no filter. */
export const filterNames = ['phase', 'chapter', 'team', 'label', 'state', 'mine', 'late', 'critical', 'q'] as const
export type FilterName = (typeof filterNames)[number]
/** Filters that are lists of words. */
export type ListName = 'phase' | 'chapter' | 'team' | 'label' | 'state'

export const isFiltered = (search: RunsheetSearch): boolean =>
  filterNames.some((name) => Array.isArray(search[name]) ? search[name].length > 0 : Boolean(search[name]))

/** The filters without what is not chosen, so that the address stays short. */
export function withFilter(search: RunsheetSearch, change: { [K in keyof RunsheetSearch]: RunsheetSearch[K] | undefined }): RunsheetSearch {
  const merged = Object.entries({ ...search, ...change })
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0)))
}

/** Nothing filtered any more; the open step and whether what is out of scope is listed stay. */
export const withoutFilters = ({ step, out }: RunsheetSearch): RunsheetSearch => withFilter({}, { step, out })

export const toggled = (list: readonly string[] | undefined, word: string): string[] =>
  list?.includes(word) ? list.filter((other) => other !== word) : [...(list ?? []), word]

type Test = (row: StepRow) => boolean
interface Filter { name: FilterName; passes: Test }
/** What is filtered, by what, at which moment, with which forecast. */
interface Given { board: Board; search: RunsheetSearch; now: number; forecast: ForecastIndex }

const idsOf = (items: readonly { id: string; code: string }[], codes: readonly string[]): Set<string> => {
  const wanted = new Set(codes)
  return new Set(items.filter(({ code }) => wanted.has(code)).map(({ id }) => id))
}

function textTest(board: Board, q: string): Test {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const teams = new Map(board.teams.map(({ id, name }) => [id, name]))
  return (row) => {
    const team = row.teamId === null ? '' : (teams.get(row.teamId) ?? '')
    const text = `${row.code} ${row.name} ${team} ${row.labels.join(' ')} ${row.reason ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
}

function testOf({ board, search, now, forecast }: Given, name: FilterName): Test {
  if (name === 'q') return textTest(board, search.q ?? '')
  if (name === 'late') return (row) => isLate(row, now, forecast)
  if (name === 'critical') return (row) => isCritical(row, forecast)
  if (name === 'mine') {
    const mine = new Set(board.viewer.teamIds)
    return (row) => row.teamId !== null && mine.has(row.teamId)
  }
  const words = search[name] ?? []
  if (name === 'state') return (row) => !row.dormant && words.includes(row.state)
  if (name === 'label') return (row) => row.labels.some((label) => words.includes(label))
  if (name === 'team') {
    const teams = idsOf(board.teams, words)
    return (row) => row.teamId !== null && teams.has(row.teamId)
  }
  const phases = name === 'phase' ? idsOf(board.macroPhases, words) : null
  const chapters = phases
    ? new Set(board.chapters.filter(({ macroPhaseId }) => phases.has(macroPhaseId)).map(({ id }) => id))
    : idsOf(board.chapters, words)
  return (row) => chapters.has(row.chapterId)
}

/** What is set, each with its test. */
function filtersOf(given: Given): Filter[] {
  return filterNames
    .filter((name) => isFiltered({ [name]: given.search[name] }))
    .map((name) => ({ name, passes: testOf(given, name) }))
}

/** A test for the filters in the address; null when none is set. What is out of scope is another matter. */
export function filterOf(board: Board, search: RunsheetSearch, now: number, forecast: ForecastIndex = noForecast): Test | null {
  const filters = filtersOf({ board, search, now, forecast })
  return filters.length === 0 ? null : (row) => filters.every(({ passes }) => passes(row))
}

/** One thing that is set, in words, and the address without it. */
export interface Chosen {
  name: FilterName
  what: string
  word: string
  without: RunsheetSearch
}

const kinds: Record<FilterName, string> = {
  phase: 'Macro-phase', chapter: 'Chapter', team: 'Team', label: 'Label', state: 'State', mine: 'Mine', late: 'Late', critical: 'Critical', q: 'Text',
}

function wordOf(board: Board, name: ListName, word: string): string {
  if (name === 'team') return board.teams.find(({ code }) => code === word)?.name ?? word
  if (name === 'state') return stepStates.includes(word as StepStateName) ? stepStateWord[word as StepStateName] : word
  if (name === 'label') return word
  const found = (name === 'phase' ? board.macroPhases : board.chapters).find(({ code }) => code === word)
  return found ? `${found.code} ${found.name}` : word
}

/** Everything that is set, one by one. */
export function chosen(board: Board, search: RunsheetSearch): Chosen[] {
  return filterNames.flatMap((name): Chosen[] => {
    const value = search[name]
    if (Array.isArray(value) && name !== 'mine' && name !== 'late' && name !== 'critical' && name !== 'q') {
      return value.map((word) => ({ name, what: kinds[name], word: wordOf(board, name, word), without: withFilter(search, { [name]: toggled(value, word) }) }))
    }
    if (!value) return []
    const word = name === 'q' ? `“${search.q ?? ''}”` : name === 'mine' ? 'my teams’ steps' : name === 'late' ? 'late steps' : 'steps on the critical path'
    return [{ name, what: kinds[name], word, without: withFilter(search, { [name]: undefined }) }]
  })
}

/** A filter that stands in the way: how many steps there are without it. */
export interface InTheWay {
  name: FilterName
  what: string
  words: string[]
  without: RunsheetSearch
  steps: number
}

export interface Emptiness {
  /** Each of these filters lets nothing through, whatever the others do. */
  alone: InTheWay[]
  /** Filters without which there would be something, most first. */
  inTheWay: InTheWay[]
  /** Steps out of scope that pass and are not listed. */
  outOfScope: number
}

/** Why nothing is left. */
export function whyEmpty(board: Board, search: RunsheetSearch, now: number, forecast: ForecastIndex = noForecast): Emptiness {
  const filters = filtersOf({ board, search, now, forecast })
  const listed = search.out ? board.steps : board.steps.filter(({ inScope }) => inScope)
  const all = chosen(board, search)
  const found = filters.map((filter): InTheWay & { own: number } => ({
    name: filter.name,
    what: kinds[filter.name],
    words: all.filter(({ name }) => name === filter.name).map(({ word }) => word),
    without: withFilter(search, { [filter.name]: undefined }),
    steps: listed.filter((row) => filters.every((other) => other === filter || other.passes(row))).length,
    own: listed.filter(filter.passes).length,
  }))
  return {
    alone: found.filter(({ own }) => own === 0),
    inTheWay: found.filter(({ steps }) => steps > 0).sort((a, b) => b.steps - a.steps),
    outOfScope: search.out ? 0 : board.steps.filter((row) => !row.inScope && filters.every(({ passes }) => passes(row))).length,
  }
}

/** How many steps in scope each choice of a filter holds. */
export interface Facets {
  phase: ReadonlyMap<string, number>
  chapter: ReadonlyMap<string, number>
  team: ReadonlyMap<string, number>
  label: ReadonlyMap<string, number>
  late: number
  critical: number
  mine: number
}

/** The choices' counts, in one pass. Ids as keys; a label is its own. */
export function facetsOf(board: Board, now: number, forecast: ForecastIndex = noForecast): Facets {
  const phase = new Map<string, number>()
  const chapter = new Map<string, number>()
  const team = new Map<string, number>()
  const label = new Map<string, number>()
  const phaseOf = new Map(board.chapters.map(({ id, macroPhaseId }) => [id, macroPhaseId]))
  const mine = new Set(board.viewer.teamIds)
  const sum = { late: 0, critical: 0, mine: 0 }
  const add = (to: Map<string, number>, key: string) => to.set(key, (to.get(key) ?? 0) + 1)
  for (const row of board.steps) {
    if (!row.inScope) continue
    for (const word of row.labels) add(label, word)
    add(chapter, row.chapterId)
    add(phase, phaseOf.get(row.chapterId) ?? '')
    if (row.teamId !== null) add(team, row.teamId)
    if (row.teamId !== null && mine.has(row.teamId)) sum.mine += 1
    if (isLate(row, now, forecast)) sum.late += 1
    if (isCritical(row, forecast)) sum.critical += 1
  }
  return { phase, chapter, team, label, ...sum }
}
