import { expect, test } from 'vitest'
import type { RehearsalCell, Rehearsals, RehearsalStep } from '../../api/rehearsals'
import { biggest, columnsOf, countOf, difference, longest, rowsOf, trendOf, whyShown } from './compare'

const cell = (plannedSeconds: number, actualSeconds: number | null, more: Partial<RehearsalCell> = {}): RehearsalCell => ({
  code: null, state: 'complete', plannedSeconds, actualSeconds, assumed: false, attempts: 1, inScope: true, dormant: false,
  startedAt: null, endedAt: null, marks: [], ...more,
})
const row = (code: string, ...cells: (RehearsalCell | null)[]): RehearsalStep => ({
  code, name: code, chapter: 'A', team: null, behaviour: 'work', estimateSeconds: 600, cells,
})
const night = (name: string, startedAt: string | null) =>
  ({ id: name, name, kind: 'run', state: 'complete', version: 1, plannedStart: '2026-11-21T20:30:00Z', startedAt, endedAt: null, dataVolume: null, learnedFrom: true, sums: null }) as Rehearsals['iterations'][number]

const all: Rehearsals = {
  planId: 'p', planName: 'P', migrationId: 'm', migrationKey: 'M', zone: 'UTC', insights: [], answered: { accepted: 0, declined: 0 }, answers: [], allowedActions: [],
  iterations: [night('RUN1', '2026-11-21T20:30:00Z'), night('CUTOVER', null), night('DR1', '2026-11-28T20:30:00Z')],
  steps: [
    row('A', cell(600, 660), null, cell(600, 610)),
    row('B', cell(600, 1800, { marks: ['slower'] }), null, cell(600, null, { state: 'skipped', marks: ['skipped'] })),
    row('C', null, null, cell(3600, 600, { marks: ['retried'], attempts: 2 })),
    row('D', null, cell(600, null), null),
  ],
}
const columns = columnsOf(all)

test('what has not begun is no column, and what only it has is no row', () => {
  expect(columns.map(({ at, iteration }) => [at, iteration.name])).toEqual([[0, 'RUN1'], [2, 'DR1']])
  expect(rowsOf(all, columns, {}).map(({ code }) => code)).toEqual(['A', 'B', 'C'])
})

test('rows are narrowed to what stands out, counted the same way', () => {
  for (const [show, codes] of [['slower', ['B']], ['skipped', ['B']], ['failed', ['C']]] as const) {
    expect(rowsOf(all, columns, { show }).map(({ code }) => code)).toEqual(codes)
    expect(countOf(all, columns, show)).toBe(codes.length)
  }
})

test('the biggest difference comes first, whichever its sign; what was not measured comes last', () => {
  expect(rowsOf(all, columns, { sort: 'difference' }).map(({ code }) => code)).toEqual(['C', 'B', 'A'])
  expect(biggest(row('E', null, null, cell(600, null)), columns)).toBe(-1)
})

test('an assumed start is no measurement', () => {
  expect(difference(cell(600, 900, { assumed: true }))).toBeNull()
  expect(difference(cell(600, 900))).toBe(300)
  expect(difference(null)).toBeNull()
})

test('bars of a row share one scale', () => {
  expect(longest(row('B', cell(600, 1800), null, cell(600, null)), columns)).toBe(1800)
  expect(longest(row('E', cell(0, 0)), columns)).toBe(1)
})

test('a difference has a word, and a minute or a tenth is none', () => {
  expect([660, 661, 540, 539].map((took) => trendOf(cell(600, took)))).toEqual(['as planned', 'slower', 'as planned', 'faster'])
  expect(trendOf(cell(6000, 6500))).toBe('as planned')
})

test('the filter says what it counts, and how that comes from the columns', () => {
  const more: Rehearsals = { ...all, steps: [
    row('A', cell(600, 900, { marks: ['slower'] }), null, cell(600, 900, { marks: ['slower'] })),
    row('B', cell(600, 900, { marks: ['slower'] }), null, cell(900, 1100, { marks: ['slower_than_before'] })),
    row('C', cell(600, 610), null, cell(900, 900, { marks: ['slower_than_before'] })),
  ] }
  expect(countOf(more, columns, 'slower')).toBe(3)
  expect(whyShown(more, columns, 'slower')).toBe('3 steps, each counted once: 2 slower than planned in any of these iterations, 1 only slower than the time before.')
  expect(whyShown(all, columns, 'skipped')).toBe('1 step, counted once, that was skipped in any of these iterations.')
})
