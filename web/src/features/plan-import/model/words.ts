/** The words of an import: its findings, what it changes, where it stands. Pure. */
import type { BatchFinding, Change, FindingKind, ImportState, PlanImport } from '../../../api/types'
import { span } from '../../../lib/time'

export const few = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

const findingWords: Record<string, string> = {
  html_entity: 'HTML entities in words', markdown_link: 'Markdown links where a word belongs', placeholder: 'Placeholders that say nothing',
  team_variant: 'Other spellings of teams', unknown_type: 'Types that nobody knows', null_number: 'Steps without a code', duplicate_code: 'Codes used twice',
  self_predecessor: 'Steps that wait for themselves', unknown_predecessor: 'Predecessors that are not there', cycle: 'Steps that wait for each other in a circle',
  macro_phase_empty: 'Steps that name no macro-phase', task_not_under_its_step: 'Tasks that do not carry their step’s code', duplicate_task_id: 'Task codes used twice', team_needs_admin: 'Teams that an admin has to add',
  pages_sharing_a_code: 'Steps that share a code', steps_with_duplicate_task_id: 'Steps with two tasks of one code', task_without_team: 'Tasks without a team',
  total_row: 'Rows that look like totals', bad_duration: 'Durations that cannot be read', unread_duration: 'Brackets that may be durations', not_of_a_task: 'Durations or predecessors of tasks',
  ticked_already: 'Boxes that are ticked already', not_a_step: 'Lines without a tick box', unknown_column: 'Columns that nobody knows', heading_found: 'Headings further down',
  unclear_duration: 'Durations whose unit is not clear', negative_duration: 'Durations below nothing', milestone_with_duration: 'Milestones that take time', no_duration: 'Steps without a duration', no_team: 'Steps without a team',
  absolute_time: 'Dates, where a plan holds for every night', bad_date: 'Moments that cannot be read', fixed_before_not_before: 'Fixed starts before the earliest one', bad_flag: 'Neither yes nor no', bad_number: 'Numbers that cannot be read',
  bad_link: 'Predecessors that cannot be read', bad_scope: 'Scopes that cannot be read', bad_code: 'Codes that are none', missing_field: 'Things without a name', too_long: 'Values that are too long', too_many_links: 'Too many links at one place',
  truncated: 'Files whose end is missing', empty: 'Files with nothing in them', encoding_guessed: 'Files whose encoding was guessed', formula_text: 'Formulas that were read as text', cell_error: 'Cells in which a formula failed', macros: 'Workbooks with macros',
  column_twice: 'Columns that are there twice', other_sheets: 'Sheets that were not read', blank_group: 'Blank chapters below others', unused_heading: 'Headings without steps', task_without_step: 'Tasks without a step', tasks_not_heeded: 'Tasks where nothing is done',
  team_without_email: 'Teams without a mail address', empty_chapter: 'Chapters without steps', empty_macro_phase: 'Macro-phases without chapters', several_points_of_no_return: 'Second points of no return', duplicate_key: 'Values written twice',
}

/** Kinds of which many rows say one thing: the thing, the things. */
const inRows: Record<string, readonly [string, string]> = {
  team_variant: ['Other spelling of a team', 'Other spellings of teams'], unknown_type: ['Type that nobody knows', 'Types that nobody knows'],
}

/** With a capital, and blanks for underscores. */
export const sentence = (code: string): string => {
  const words = code.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a kind of findings is called; one that has no name of its own is spelt out. */
export const findingWord = (code: string): string => findingWords[code] ?? sentence(code)

/** How many of a kind, and of what: 2 other spellings of teams, in 21 rows. */
export function headOf({ code, count, different }: Pick<FindingKind, 'code' | 'count' | 'different'>): { number: string; words: string } {
  const rows = inRows[code]
  if (rows === undefined) return { number: count.toLocaleString('en'), words: findingWord(code) }
  return { number: different.toLocaleString('en'), words: `${rows[different === 1 ? 0 : 1]}${different === count ? '' : `, in ${few(count, 'row')}`}` }
}

/** line 12, column 5; row 40; '' when it is about the file as a whole. */
export function placeOf({ line, row, column, field }: Pick<BatchFinding, 'line' | 'row' | 'column' | 'field'>): string {
  const where = line !== null ? `line ${line}` : row !== null ? `row ${row}` : ''
  return [where, field ?? (where !== '' && column !== null ? `column ${column}` : '')].filter((word) => word !== '').join(', ')
}

const kinds: Record<string, readonly [string, string]> = {
  plan: ['Plan', 'Plan'], team: ['Team', 'Teams'], application: ['Application', 'Applications'], environment: ['Environment', 'Environments'],
  environmentRole: ['Environment role', 'Environment roles'], type: ['Type', 'Types'], control: ['Control', 'Controls'],
  macroPhase: ['Macro-phase', 'Macro-phases'], chapter: ['Chapter', 'Chapters'], step: ['Step', 'Steps'], task: ['Task', 'Tasks'],
}
export const kindWord = (kind: string): string => kinds[kind]?.[0] ?? sentence(kind)
export const kindsWord = (kind: string): string => kinds[kind]?.[1] ?? sentence(kind)

export const signs = {
  added: { sign: '+', word: 'Added', color: 'var(--t-green)' },
  changed: { sign: '±', word: 'Changed', color: 'var(--t-blue)' },
  removed: { sign: '−', word: 'Removed', color: 'var(--t-red)' },
} as const
export const changes: readonly Change[] = ['added', 'changed', 'removed']

const fields: Record<string, string> = {
  order: 'its place', parent: 'stands in', after: 'predecessors', pointOfNoReturn: 'point of no return', evidence: 'evidence required', autoActivate: 'activates itself',
  notBefore: 'not before', fixedStart: 'fixed start', impactedTeams: 'impacted teams', undoes: 'what it undoes',
}
export const fieldWord = (field: string): string => fields[field] ?? field

const longest = 400

function linkWord(link: string): string {
  const [code = '', kind = '', lag = '0'] = link.split(' ')
  const seconds = Number(lag)
  const apart = seconds === 0 || Number.isNaN(seconds) ? '' : ` ${seconds < 0 ? '−' : '+'} ${span(seconds)}`
  return `${code}${kind === 'FS' && apart === '' ? '' : ` ${kind}`}${apart}`
}

/** A value as people write it: 45 min, yes, TRT-10 + 5 min; — where there is none. */
export function valueWord(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (field === 'duration' && typeof value === 'number') return span(value)
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((one) => (field === 'after' ? linkWord(String(one)) : String(one))).join(', ')
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

const states: Record<ImportState, string> = {
  received: 'Waiting to be read', staging: 'Being read', checked: 'Ready to look at', committed: 'Taken over', undone: 'Undone', failed: 'Cut off', discarded: 'Left off',
}
type Standing = Pick<PlanImport, 'state' | 'totals'>

export const isBlocked = ({ state, totals }: Standing): boolean => state === 'checked' && (totals.blocking ?? 0) > 0

/** Where an import stands, with what stops it. */
export const stateWord = (of: Standing): string => (isBlocked(of) ? `Blocked: ${few(of.totals.blocking ?? 0, 'error')}` : states[of.state])

/** 8.8 MB, 420 KB, 12 B. */
export function bytes(n: number): string {
  if (n < 1_000) return `${n} B`
  if (n < 999_500) return `${Math.round(n / 1_000)} KB`
  return `${(n / 1_000_000).toFixed(1)} MB`
}

/** 43 %; below one in two hundred it is not shown as none. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '< 1 %'
  return `${share < 1 && share > 0.995 ? 99 : Math.round(share * 100)} %`
}
