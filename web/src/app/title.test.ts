import { expect, test } from 'vitest'
import { titleOf } from './title'

test('a title says the narrowest first', () => {
  expect(titleOf('/migrations/ERP/iterations/CUTOVER')).toBe('CUTOVER · ERP · Tminus')
  expect(titleOf('/migrations/ERP/iterations/DR%201')).toBe('DR 1 · ERP · Tminus')
  expect(titleOf('/migrations/ERP/iterations/CUTOVER/command')).toBe('Command centre · CUTOVER · ERP · Tminus')
  expect(titleOf('/migrations/ERP/plans')).toBe('Plans · ERP · Tminus')
  expect(titleOf('/migrations/ERP/imports/0198')).toBe('Import · ERP · Tminus')
  expect(titleOf('/migrations/ERP/plans/0198')).toBe('Plan · ERP · Tminus')
  expect(titleOf('/migrations/ERP')).toBe('ERP · Tminus')
  expect(titleOf('/migrations')).toBe('Migrations · Tminus')
  expect(titleOf('/my-work')).toBe('My work · Tminus')
  expect(titleOf('/settings/tokens')).toBe('My tokens · Tminus')
  expect(titleOf('/settings/rights')).toBe('Rights · Tminus')
  expect(titleOf('/settings')).toBe('Settings · Tminus')
})

test('an address that is no page has the plain name, however it is written', () => {
  expect(titleOf('/nowhere')).toBe('Tminus')
  expect(titleOf('/%E0%A4%A')).toBe('Tminus')
  expect(titleOf('/')).toBe('Tminus')
})
