import { expect, test } from 'vitest'
import type { PersonHere } from '../../../api/types'
import { effectsOf, leftWords } from './leaving'

const team = (code: string) => ({ id: `id-${code}`, code, name: code })
const person = (name: string, change: Partial<PersonHere> = {}): PersonHere => ({
  userId: name, name, email: '', phone: null, active: true, roles: ['member'], teams: [team('DBA')], ...change,
})
const crew = (...people: PersonHere[]) => [{ migration: 'ERP go-live', people }]

test('a team with somebody else in it is not left alone', () => {
  expect(effectsOf(crew(person('Dana Ruiz'), person('Ben Carter')), 'Dana Ruiz')).toEqual([])
})

test('somebody who is shut out already does not count as left in a team', () => {
  const effects = effectsOf(crew(person('Dana Ruiz'), person('Ben Carter', { active: false })), 'Dana Ruiz')
  expect(effects).toEqual(['Dana Ruiz is the only one in DBA of ERP go-live: its steps stay, and nobody gets the messages.'])
})

test('two teams are said in one sentence, and an office that nobody else holds in another', () => {
  const priya = person('Priya Nair', { roles: ['member', 'pilot'], teams: [team('DBA'), team('NET')] })
  expect(effectsOf(crew(priya, person('Ben Carter', { teams: [] })), 'Priya Nair')).toEqual([
    'Priya Nair is the only one in DBA and NET of ERP go-live: their steps stay, and nobody gets the messages.',
    'Priya Nair is the only pilot of ERP go-live.',
  ])
})

test('whoever is not in a migration leaves nothing there', () => {
  expect(effectsOf(crew(person('Ben Carter')), 'Dana Ruiz')).toEqual([])
})

test('afterwards it is said what the server says', () => {
  expect(leftWords('Dana Ruiz', null)).toBe('Dana Ruiz is shut out.')
  expect(leftWords('Dana Ruiz', { teams: [], soleMemberOf: ['DBA'] })).toBe('Dana Ruiz is shut out. DBA has nobody left.')
  expect(leftWords('Dana Ruiz', { teams: [], soleMemberOf: ['DBA', 'NET'] })).toContain('DBA and NET have nobody left.')
})
