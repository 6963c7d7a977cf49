import { expect, test } from 'vitest'
import { namedAt, partsOf, suggestionsFor, withName } from './mention'

const known = {
  people: [{ id: 'd', name: 'Dana Ruiz', teams: ['DBA'] }, { id: 'm', name: 'Marco', teams: [] }],
  teams: [{ id: 't', code: 'DBA', name: 'Databases' }, { id: 'n', code: 'NET', name: 'Network' }],
}

test('somebody is being named after an @ that begins a word, and nowhere else', () => {
  expect(namedAt('ask @da', 7)).toEqual({ at: 4, word: 'da' })
  expect(namedAt('ask @Dana Ru', 12)).toEqual({ at: 4, word: 'Dana Ru' })
  expect(namedAt('@', 1)).toEqual({ at: 0, word: '' })
  for (const text of ['dana@erp', 'ask Dana', '@Dana, what', '@@da']) expect(namedAt(text, text.length)).toBeNull()
})

test('who begins so comes first, teams before people; a full name is not offered again', () => {
  expect(suggestionsFor('d', known).map(({ name }) => name)).toEqual(['DBA', 'Dana Ruiz'])
  expect(suggestionsFor('ruiz', known).map(({ name }) => name)).toEqual(['Dana Ruiz'])
  expect(suggestionsFor('', known)).toHaveLength(4)
  expect(suggestionsFor('DBA ', known)).toEqual([])
  expect(suggestionsFor('zz', known)).toEqual([])
  expect(suggestionsFor('d', undefined)).toEqual([])
})

test('a name goes in where it was asked for, and writing goes on after it', () => {
  expect(withName('ask @da', 4, 7, 'Dana Ruiz')).toEqual({ text: 'ask @Dana Ruiz ', caret: 15 })
  expect(withName('ask @da now', 4, 7, 'DBA')).toEqual({ text: 'ask @DBA now', caret: 8 })
})

test('names are told apart from the rest; what only looks like one is text', () => {
  const said = (body: string, ...names: string[]) =>
    partsOf({ body, mentions: names.map((name) => ({ target: name, kind: 'user' as const, name })) })
  expect(said('@Dana Ruiz and @nobody <b>', 'Dana Ruiz')).toEqual([
    { text: '@Dana Ruiz', named: true }, { text: ' and @nobody <b>', named: false },
  ])
  expect(said('@dba2', 'dba')).toEqual([{ text: '@dba2', named: false }])
  expect(said('a (x', 'b(')).toEqual([{ text: 'a (x', named: false }])
})
