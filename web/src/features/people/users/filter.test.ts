import { expect, test } from 'vitest'
import type { User } from '../../../api/types'
import { shownOf } from './filter'

const user = (name: string, change: Partial<User> = {}): User => ({
  id: name, name, email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@example.org`, phone: null, isAdmin: false, active: true, hasPassword: false,
  createdAt: '2026-11-20T10:00:00Z', version: 1, ...change,
})
const all = [user('Vera Lind'), user('Dana Ruiz', { active: false }), user('Adam Osei', { isAdmin: true, phone: '+49 30 1234' })]
const names = (search: Parameters<typeof shownOf>[1]) => shownOf(all, search).map(({ name }) => name)

test('people stand by name, those who are shut out last', () => {
  expect(names({})).toEqual(['Adam Osei', 'Vera Lind', 'Dana Ruiz'])
})

test('every word counts, in name, address or number', () => {
  expect(names({ q: 'VERA lind' })).toEqual(['Vera Lind'])
  expect(names({ q: 'vera osei' })).toEqual([])
  expect(names({ q: 'example.org 1234' })).toEqual(['Adam Osei'])
})

test('the list is narrowed to admins, or to who is shut out', () => {
  expect(names({ show: 'admins' })).toEqual(['Adam Osei'])
  expect(names({ show: 'shut-out', q: 'd' })).toEqual(['Dana Ruiz'])
})
