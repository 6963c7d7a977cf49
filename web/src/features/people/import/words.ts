import type { BaseDataChange, BaseDataFinding, BaseDataImport } from '../../../api/types'

/** Bytes; the server takes no more either, and says so later. */
export const largest = 5 * 1024 * 1024

const kinds: Record<BaseDataChange['kind'], [string, string]> = {
  team: ['team', 'teams'], user: ['person', 'people'], application: ['application', 'applications'],
  environment: ['environment', 'environments'], environmentRole: ['environment role', 'environment roles'],
}

export const kindOf = ({ kind }: Pick<BaseDataChange, 'kind'>): string => kinds[kind][0]

/** Where a finding is, after its file: row 4, column Roles. */
export function whereOf({ row, column }: Pick<BaseDataFinding, 'row' | 'column'>): string {
  return [row === null ? null : `row ${row}`, column === null ? null : `column ${column}`].filter((one) => one !== null).join(', ')
}

const counted = (count: number, [one, many]: [string, string]): string => `${count} ${count === 1 ? one : many}`

/** What would change, counted by kind: 2 teams and 14 people are added, 1 person is changed. */
export function countsOf(changes: readonly BaseDataChange[]): string {
  const said = (['added', 'changed'] as const).flatMap((change) => {
    const parts = Object.entries(kinds).flatMap(([kind, words]) => {
      const count = changes.filter((one) => one.kind === kind && one.change === change).length
      return count > 0 ? [counted(count, words)] : []
    })
    return parts.length > 0 ? [`${change}: ${parts.join(', ')}`] : []
  })
  return said.join(' · ')
}

/** One value as it changes: Roles pilot → pilot, approver. */
export function valueOf({ field, before, after }: BaseDataChange['values'][number]): string {
  return `${field} ${before === null ? '' : `${before} → `}${after ?? 'none'}`
}

/** What was done; what somebody did a moment before is there too. */
export const doneWords = (name: string, { changes, unchanged }: Pick<BaseDataImport, 'changes' | 'unchanged'>): string =>
  changes.length === 0 ? `${name} is imported: all ${unchanged} are there already.` : `${name} is imported: ${countsOf(changes)}.`

export function verdictOf({ canImport, changes, unchanged, findings }: BaseDataImport): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  if (!canImport) return `${counted(errors, ['error', 'errors'])}. Nothing is imported until ${errors === 1 ? 'it is' : 'they are'} mended in the file.`
  if (changes.length === 0) return `All ${unchanged} are there already. Nothing would change.`
  return `${countsOf(changes)}${unchanged > 0 ? ` · ${unchanged} are there already` : ''}.`
}
