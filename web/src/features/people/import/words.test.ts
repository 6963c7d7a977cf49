import { describe, expect, it } from 'vitest'
import type { BaseDataChange, BaseDataImport } from '../../../api/types'
import { countsOf, doneWords, valueOf, verdictOf, whereOf } from './words'

const change = (kind: BaseDataChange['kind'], how: BaseDataChange['change'] = 'added'): BaseDataChange => ({ kind, code: 'x', change: how, values: [] })
const found: BaseDataImport = { findings: [], changes: [], unchanged: 7, canImport: true, imported: false, mark: '' }

describe('what a list of people changes', () => {
  it('is counted by kind, teams first', () => {
    expect(countsOf([change('user'), change('team'), change('user'), change('user', 'changed')])).toBe('added: 1 team, 2 people · changed: 1 person')
  })
  it('is nothing where all is there, and nothing is done with an error', () => {
    expect(verdictOf(found)).toBe('All 7 are there already. Nothing would change.')
    const error = { file: 'a.csv', row: 2, column: 'Roles', code: 'unknown_role', severity: 'error', message: '', suggestion: null } as const
    expect(verdictOf({ ...found, canImport: false, findings: [error] })).toBe('1 error. Nothing is imported until it is mended in the file.')
    expect(whereOf(error)).toBe('row 2, column Roles')
    expect(whereOf({ row: null, column: null })).toBe('')
  })
  it('is there already where somebody was a moment before', () => {
    expect(doneWords('a.csv', found)).toBe('a.csv is imported: all 7 are there already.')
    expect(doneWords('a.csv', { ...found, changes: [change('team')] })).toBe('a.csv is imported: added: 1 team.')
  })
  it('says each value before and after', () => {
    expect(valueOf({ field: 'roles', before: 'pilot', after: 'pilot, approver' })).toBe('roles pilot → pilot, approver')
    expect(valueOf({ field: 'phone', before: '+49 1', after: null })).toBe('phone +49 1 → none')
  })
})
