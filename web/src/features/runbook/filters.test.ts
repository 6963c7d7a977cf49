import { expect, test } from 'vitest'
import { board, row } from '../../../tests/board'
import { chosen, facetsOf, isFiltered, whyEmpty, withoutFilters } from './filters'

const now = Date.parse('2026-11-22T01:05:00+00:00')
const night = board([
  row('A', { labels: ['go'] }),
  row('B', { labels: ['bank'], teamId: 't2' }),
  row('C', { labels: ['go'], teamId: 't2', inScope: false }),
])

test('what is set is named one by one, each with the address without it', () => {
  const search = { step: 'A', team: ['NET', 'OLD'], q: 'x', late: true, out: true }
  expect(isFiltered({ step: 'A', out: true, team: [] })).toBe(false)
  expect(chosen(night, search)).toMatchObject([
    { what: 'Team', word: 'Network', without: { step: 'A', team: ['OLD'], q: 'x', late: true, out: true } },
    { what: 'Team', word: 'OLD', without: { team: ['NET'] } },
    { what: 'Late', word: 'late steps' },
    { what: 'Text', word: '“x”', without: { team: ['NET', 'OLD'] } },
  ])
  expect(chosen(night, search)[3]?.without).not.toHaveProperty('q')
  expect(withoutFilters(search)).toEqual({ step: 'A', out: true })
})

test('of filters that leave nothing together, each says what there is without it, most first', () => {
  const { alone, inTheWay, outOfScope } = whyEmpty(night, { label: ['go'], team: ['NET'] }, now)
  expect(alone).toEqual([])
  expect(inTheWay).toMatchObject([
    { name: 'team', words: ['Network'], steps: 1, without: { label: ['go'] } },
    { name: 'label', words: ['go'], steps: 1, without: { team: ['NET'] } },
  ])
  expect(outOfScope).toBe(1)
})

test('a filter that leaves nothing by itself is named as the one', () => {
  const found = whyEmpty(night, { label: ['nobody'], team: ['NET'] }, now)
  expect(found.alone).toMatchObject([{ name: 'label', words: ['nobody'] }])
  expect(found.inTheWay).toMatchObject([{ name: 'label', steps: 1 }])
  expect(found.outOfScope).toBe(0)
})

test('each choice says how many steps in scope it holds', () => {
  const { label, team, late, mine } = facetsOf(night, now)
  expect([...label]).toEqual([['go', 1], ['bank', 1]])
  expect([...team]).toEqual([['t1', 1], ['t2', 1]])
  expect([late, mine]).toEqual([2, 1])
})
