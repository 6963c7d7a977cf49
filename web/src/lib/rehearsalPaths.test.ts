import { expect, test } from 'vitest'
import { rehearsalsApi, rehearsalSearchOf, rehearsalsPath } from './rehearsalPaths'

test('a view of the rehearsals and its address are one and the same', () => {
  expect(rehearsalsPath('ERP/2', 'p')).toBe('/migrations/ERP%2F2/rehearsals/p')
  expect(rehearsalsPath('ERP', 'p', { show: 'slower', sort: 'difference' })).toBe('/migrations/ERP/rehearsals/p?show=slower&sort=difference')
  expect(rehearsalSearchOf({ show: 'slower', sort: 'difference' })).toEqual({ show: 'slower', sort: 'difference' })
  expect(rehearsalSearchOf({ show: 'faster', sort: 'name', more: 1 })).toEqual({})
  expect(rehearsalsApi.accept('p', 'a1')).toBe('/plans/p/insights/a1/accept')
})
