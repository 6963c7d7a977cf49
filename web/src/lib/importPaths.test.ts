import { expect, test } from 'vitest'
import { importApi, importPaths, importSearchOf } from './importPaths'

test('names of files and plans are put into addresses safely, and what is not said is not written', () => {
  expect(importApi.create('m', 'my plan & more.yaml', {})).toBe('/plan-imports?migrationId=m&fileName=my+plan+%26+more.yaml')
  expect(importApi.create('m', 'x', { plan: 'Night', replace: true })).toBe('/plan-imports?migrationId=m&fileName=x&plan=Night&replace=true')
  expect(importApi.outlineSteps('i', { chapter: 'A/1', change: undefined, after: 0 })).toBe('/plan-imports/i/outline/steps?chapter=A%2F1&after=0')
})

test('an import’s address holds the step and the open kind, and nothing it does not know', () => {
  expect(importPaths.begin('ERP')).toBe('/migrations/ERP/imports/new')
  expect(importPaths.one('ERP', 'i', { step: 'findings', kind: 'cycle' })).toBe('/migrations/ERP/imports/i?step=findings&kind=cycle')
  expect(importSearchOf({ step: 'elsewhere', kind: '', more: 1 })).toEqual({})
  expect(importSearchOf({ step: 'take-over', kind: 'cycle' })).toEqual({ step: 'take-over', kind: 'cycle' })
})
