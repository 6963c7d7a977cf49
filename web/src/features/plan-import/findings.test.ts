import { expect, test } from 'vitest'
import type { FileFinding, PlanImport } from '../../api/types'
import { byWeight, fieldsOf, placeOf, verdict, whyNotSent } from './findings'

const finding = (severity: 'error' | 'warning', line: number | null): FileFinding => ({
  file: 'plan.yaml', row: null, column: null, line, code: 'x', severity, message: 'm', suggestion: null, repair: null,
})
const found = (findings: FileFinding[], changed: number, canCommit: boolean): PlanImport => ({
  id: canCommit ? 'i' : null, findings, canCommit, diff: { added: changed, changed: 0, removed: 0, unchanged: 3, items: [] },
})

test('a place is said as far as it is known', () => {
  expect(placeOf({ line: 12, row: null, column: 5 })).toBe('line 12, column 5')
  expect(placeOf({ line: null, row: 40, column: null })).toBe('row 40')
  expect(placeOf({ line: null, row: null, column: 3 })).toBe('')
})

test('errors stand before warnings, and each in the order of the file', () => {
  const sorted = byWeight([finding('warning', 1), finding('error', 30), finding('error', 4), finding('warning', null)])
  expect(sorted.map(({ severity, line }) => `${severity} ${String(line)}`)).toEqual(['error 4', 'error 30', 'warning null', 'warning 1'])
})

test('the verdict never says that something can be taken over when it cannot', () => {
  expect(verdict(found([finding('error', 1)], 7, false))).toMatchObject({ tone: 'stop' })
  expect(verdict(found([], 7, false))).toMatchObject({ tone: 'stop' })
  expect(verdict({ ...found([], 0, false), diff: null })).toMatchObject({ tone: 'stop' })
  expect(verdict(found([], 0, true))).toMatchObject({ tone: 'same' })
  expect(verdict(found([finding('warning', 1)], 1, true))).toEqual({
    tone: 'go', text: '1 change to the plan. 1 warning to read first. Nothing is changed until you take them over.',
  })
})

test('fields are named for what changed, and for that alone', () => {
  expect(fieldsOf({ change: 'changed', fields: ['after', 'durationX'] })).toBe('predecessors, durationX')
  expect(fieldsOf({ change: 'added', fields: ['name'] })).toBe('')
})

test('what cannot be a plan is not sent', () => {
  expect(whyNotSent({ name: 'a.yaml', size: 0 })).toContain('empty')
  expect(whyNotSent({ name: 'a.yaml', size: 50 * 1024 * 1024 })).toContain('25 MB')
  expect(whyNotSent({ name: 'a.yaml', size: 9_000 })).toBeNull()
})
