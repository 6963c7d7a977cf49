import { expect, test } from 'vitest'
import { ganttSearchOf, graphSearchOf, viewPaths } from './viewPaths'

const read = (href: string) => Object.fromEntries(new URLSearchParams(href.split('?')[1]))

test('the Gantt keeps the runsheet’s filters and the zoom in its address', () => {
  const search = { step: 'TRT-1', team: ['DBA'], critical: true, zoom: 48.256 }
  const href = viewPaths.gantt('ERP', 'DR 1', search)
  expect(href).toBe('/migrations/ERP/iterations/DR%201/gantt?step=TRT-1&team=DBA&critical=1&zoom=48.26')
  expect(ganttSearchOf(read(href))).toEqual({ ...search, zoom: 48.26 })
})

test('0 is all of it; what is no zoom is none', () => {
  expect(viewPaths.gantt('ERP', 'X', { zoom: 0 })).toMatch(/gantt\?zoom=0$/)
  expect(ganttSearchOf({ zoom: '0' })).toEqual({ zoom: 0 })
  expect(ganttSearchOf({ zoom: 'near' })).toEqual({})
  expect(ganttSearchOf({ zoom: '-4' })).toEqual({})
})

test('the graph keeps its unfolded chapters and the open step', () => {
  const search = { step: 'TRT-1', open: ['A1', 'B,2'] }
  const href = viewPaths.graph('ERP', 'CUTOVER', search)
  expect(graphSearchOf(read(href))).toEqual(search)
  expect(graphSearchOf({})).toEqual({})
})
