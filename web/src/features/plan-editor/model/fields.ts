/** The fields of the table and the panel: what they are called, how their values are written and read. Pure. */
import type { Edit, Level, PlanLink } from '../../../api/plan'
import { durationText, secondsOf } from './durations'
import { linkEdits, linksOf, linksText } from './links'

export const fieldWord: Record<string, string> = {
  code: 'code', name: 'name', title: 'title', type: 'type', team: 'team', durationSeconds: 'duration', after: 'predecessors', tasks: 'tasks',
  labels: 'labels', scope: 'scope', instructions: 'instructions', autoActivate: 'activates itself', pointOfNoReturn: 'point of no return', evidence: 'evidence',
  impactedTeams: 'impacted teams', applications: 'applications', environment: 'environment role', notBefore: 'not before',
  fixedStart: 'fixed start', undoes: 'undone steps', rollback: 'rollback chapter', required: 'needed', nominee: 'nominee', controls: 'controls',
  description: 'description', producer: 'producer', validator: 'validator', critical: 'critical', behaviour: 'behaviour',
}
export const wordOf = (field: string): string => fieldWord[field] ?? field

export const columns = ['code', 'type', 'name', 'team', 'durationSeconds', 'after', 'tasks', 'labels', 'scope'] as const
export type Column = (typeof columns)[number]

/** Those that are typed in the table itself; tasks have their place in the panel. */
export const typed: Record<'step' | 'group', readonly Column[]> = {
  step: ['code', 'type', 'name', 'team', 'durationSeconds', 'after', 'labels', 'scope'],
  group: ['code', 'name', 'after'],
}

const isLinks = (value: unknown[]): value is PlanLink[] =>
  value.length > 0 && value.every((one) => typeof one === 'object' && one !== null && 'lagSeconds' in one)

/** Any value as a person reads it, and may type it again. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return field === 'durationSeconds' ? durationText(value) : String(value)
  if (Array.isArray(value)) return isLinks(value) ? linksText(value) : value.map(String).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export type Read = { edits: Edit[]; to: unknown } | { wrong: string } | null

const needed = new Set(['code', 'name', 'title', 'type'])
const lists = new Set(['labels', 'scope', 'impactedTeams', 'applications', 'undoes', 'controls'])

const equal = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? JSON.stringify(a.map(String).toSorted()) === JSON.stringify(b.map(String).toSorted()) : a === b

/** A field set to another value; null where it is that already. */
export function setEdit(level: Level, code: string, field: string, was: unknown, to: unknown): Edit | null {
  return equal(was, to) ? null : { op: 'set', level, code, field, was, to }
}

function typedValue(field: string, text: string): { to: unknown } | { wrong: string } {
  if (field === 'durationSeconds') {
    const seconds = text.trim() === '' ? 0 : secondsOf(text)
    return seconds === null || seconds < 0 ? { wrong: `“${text}” is no duration: 45m, 2h 30m, 90s and 2d are` } : { to: seconds }
  }
  if (lists.has(field)) return { to: [...new Set(text.split(/[,;]/).map((one) => one.trim()).filter((one) => one !== ''))] }
  const to = text.trim()
  if (to === '' && needed.has(field)) return { wrong: `The ${wordOf(field)} cannot be empty` }
  return { to: to === '' ? null : to }
}

/** What was typed into a field, as edits; null where nothing changed. */
export function readTyped(level: Level, code: string, field: string, was: unknown, text: string): Read {
  if (field === 'after') {
    const read = linksOf(text)
    if ('wrong' in read) return { wrong: `“${read.wrong}” is no link: a code, then perhaps SS, FF or SF, then perhaps +10m` }
    const edits = linkEdits(code, was as PlanLink[], read.links)
    return edits.length === 0 ? null : { edits, to: read.links }
  }
  const read = typedValue(field, text)
  if ('wrong' in read) return read
  const edit = setEdit(level, code, field, was, read.to)
  return edit && { edits: [edit], to: read.to }
}
