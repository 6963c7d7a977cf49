/** What an import's findings and differences say, in words. Pure. */
import type { FileFinding, PlanDifference, PlanImport } from '../../api/types'

const few = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** line 12, column 5; row 40; '' when it is about the file as a whole. */
export function placeOf({ line, row, column }: Pick<FileFinding, 'line' | 'row' | 'column'>): string {
  const where = line !== null ? `line ${line}` : row !== null ? `row ${row}` : ''
  return where !== '' && column !== null ? `${where}, column ${column}` : where
}

/** Errors before warnings, each by its place in the file. */
export function byWeight(findings: readonly FileFinding[]): FileFinding[] {
  const weight = ({ severity }: FileFinding): number => (severity === 'error' ? 0 : 1)
  const place = ({ line, row }: FileFinding): number => line ?? row ?? 0
  return findings.toSorted((a, b) => weight(a) - weight(b) || place(a) - place(b))
}

export const changesOf = ({ diff }: PlanImport): number =>
  diff === null ? 0 : diff.added + diff.changed + diff.removed

/** One sentence on what was found: whether it can be taken over, and what that would change. */
export function verdict(found: PlanImport): { tone: 'stop' | 'go' | 'same'; text: string } {
  const errors = found.findings.filter(({ severity }) => severity === 'error').length
  const warnings = found.findings.length - errors
  const minor = warnings === 0 ? '' : ` ${few(warnings, 'warning')} to read first.`
  if (errors > 0) return { tone: 'stop', text: `${few(errors, 'error')} in this file: nothing can be taken over until they are mended. Nothing was changed.` }
  if (found.diff !== null && changesOf(found) === 0) return { tone: 'same', text: `The plan already says what this file says: there is nothing to change.${minor}` }
  if (!found.canCommit) return { tone: 'stop', text: 'This file cannot be taken over. Nothing was changed.' }
  return { tone: 'go', text: `${few(changesOf(found), 'change')} to the plan.${minor} Nothing is changed until you take them over.` }
}

const kindWords: Record<string, string> = {
  plan: 'plan', team: 'team', macroPhase: 'macro-phase', chapter: 'chapter', step: 'step', task: 'task',
}
const fieldWords: Record<string, string> = {
  order: 'its place', parent: 'moved elsewhere', after: 'predecessors', name: 'name', pointOfNoReturn: 'point of no return', evidence: 'evidence', autoActivate: 'activates itself',
}

export const kindOf = ({ kind }: Pick<PlanDifference, 'kind'>): string => kindWords[kind] ?? kind

/** Which of its fields differ; '' for what is new or gone. */
export const fieldsOf = ({ change, fields }: Pick<PlanDifference, 'change' | 'fields'>): string =>
  change === 'changed' ? fields.map((field) => fieldWords[field] ?? field).join(', ') : ''

/** The server takes no more; a plan is never near it. */
export const largestFile = 25 * 1024 * 1024

/** Why a file is not even sent; null when it may be. */
export function whyNotSent(file: { name: string; size: number }): string | null {
  if (file.size === 0) return `${file.name} is empty.`
  if (file.size > largestFile) return `${file.name} is larger than 25 MB: that is no plan file. It was not sent.`
  return null
}
