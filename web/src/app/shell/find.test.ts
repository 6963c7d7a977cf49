import { expect, it } from 'vitest'
import type { Migration } from '../../api/types'
import { find, pagesFound } from './find'

const migration = { key: 'ERP', name: 'ERP go-live', iterations: [{ name: 'RUN1' }, { name: 'CUTOVER' }] } as Migration

const labels = (asked: string) => {
  const went: string[] = []
  const found = find(pagesFound([migration], { demo: false, admin: false }, (href) => went.push(href)), asked)
  found[0]?.run()
  return { labels: found.map(({ label }) => label), went }
}

it('finds every view of an iteration, its runsheet by the bare name and first', () => {
  const { labels: found, went } = labels('erp cutover')
  expect(found[0]).toBe('ERP go-live · CUTOVER')
  expect(found).toContain('ERP go-live · CUTOVER · Gantt')
  expect(went).toEqual(['/migrations/ERP/iterations/CUTOVER'])
  expect(labels('cutover planner').went).toEqual(['/migrations/ERP/iterations/CUTOVER/planner'])
  expect(labels('nothing like it').labels).toEqual([])
})
