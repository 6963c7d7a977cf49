import { expect, test } from 'vitest'
import { api, paths, readRunsheetSearch, runsheetSearchOf, safeReturn, settingsSearchOf, writeRunsheetSearch } from './paths'

test('names are put into addresses safely', () => {
  expect(paths.runsheet('erp', 'DR 1/2')).toBe('/migrations/erp/iterations/DR%201%2F2')
  expect(api.taskAction('i', 'TRT-1', 'TRT-1-2', 'done')).toBe('/iterations/i/steps/TRT-1/tasks/TRT-1-2/done')
})

test('a view and its address are one and the same', () => {
  const view = {
    step: 'TRT-10', q: 'a & b', phase: ['A'], chapter: ['A1', 'A2'], state: ['ready', 'failed'], team: ['DBA'], label: ['go', 'pay, 100%2C'],
    mine: true, late: true, out: true,
  }
  const address = writeRunsheetSearch(view)
  expect(address).toBe('?step=TRT-10&q=a+%26+b&phase=A&chapter=A1,A2&state=ready,failed&team=DBA&label=go,pay%252C+100%25252C&mine=1&late=1&out=1')
  expect(readRunsheetSearch(address)).toEqual(view)
  expect(runsheetSearchOf(view)).toEqual(view)
  expect(writeRunsheetSearch({})).toBe('')
  expect(readRunsheetSearch('?other=1&state=')).toEqual({})
})

test('a settings address holds the migration and the filter, and nothing it does not know', () => {
  expect(paths.settings('me')).toBe('/settings/me')
  expect(paths.settings('rights', { migration: 'ERP' })).toBe('/settings/rights?migration=ERP')
  expect(paths.settings('people', { q: 'da na', show: 'shut-out' })).toBe('/settings/people?q=da+na&show=shut-out')
  expect(settingsSearchOf({ migration: 'ERP', q: '', show: 'everything', more: 1 })).toEqual({ migration: 'ERP' })
  expect(settingsSearchOf({ q: 'dana', show: 'admins' })).toEqual({ q: 'dana', show: 'admins' })
  expect(api.roles('m', 'u/1')).toBe('/migrations/m/people/u%2F1/roles')
  expect(api.substituteEnd('m', 's')).toBe('/migrations/m/substitutes/s/end')
})

test('after signing in one never leaves for another site', () => {
  expect(safeReturn('/my-work?x=1')).toBe('/my-work?x=1')
  for (const foreign of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', null]) {
    expect(safeReturn(foreign)).toBe('/')
  }
  expect(paths.signIn('/my-work')).toBe('/sign-in?to=%2Fmy-work')
  expect(paths.signIn('/')).toBe('/sign-in')
})
