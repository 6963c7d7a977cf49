import { expect, test } from 'vitest'
import { board } from '../../../tests/board'
import type { ForecastDocument } from '../../api/forecast'
import type { Iteration } from '../../api/types'
import { windowPicture } from './windowMarks'

const hour = 3_600_000
const start = Date.parse('2026-11-22T01:00:00Z')
const iso = (hours: number) => new Date(start + hours * hour).toISOString()
const { iteration } = board([])

const document = (finish: number, wayBack = false): ForecastDocument => ({
  iterationId: 'it', seq: 1, now: iso(0), basis: 'live', problem: null, assumptions: [], conflicts: [], criticalPath: [], steps: [], chapters: [], macroPhases: [], gauge: null,
  finish: { forecast: iso(finish), planned: iso(4), baseline: null, actual: null, delaySeconds: 0, wayBack },
  uncertainty: {
    seq: 1, madeAt: iso(0), draws: 1, seed: 1, p50: iso(4), p80: iso(6), p95: iso(10), chance: 0.5, window: { end: iso(5) }, histogram: { from: iso(4), binSeconds: 60, counts: [1] },
    history: { iterations: [], stepsWith: 0, stepsWithout: 0, ratio: null, scaling: '' }, method: '',
  },
})
const picture = (change: Partial<Iteration>, forecast: ForecastDocument | null, hours: number) => {
  const found = windowPicture({ iteration: { ...iteration, ...change }, forecast, now: start + hours * hour })
  if (found === null) throw new Error('no picture')
  return found
}
const lefts = (found: ReturnType<typeof picture>) => Object.fromEntries(found.marks.map(({ kind, left }) => [kind, left]))

test('everything stands where it is on one axis, however long the window', () => {
  const found = picture({ windowEnd: iso(40), plannedEnd: iso(4) }, null, 2)
  expect(lefts(found)).toEqual({ start: 0, planned: 10, now: 5, window: 100 })
  expect(found.stretches).toEqual([{ kind: 'planned', left: 0, width: 10 }, { kind: 'reserve', left: 10, width: 90 }, { kind: 'past', left: 0, width: 5 }])
})

test('what lies past the window is there, and said', () => {
  const found = picture({ plannedEnd: iso(6), windowEnd: iso(5) }, document(8), 2)
  expect(lefts(found)).toEqual({ start: 0, planned: 60, forecast: 80, p50: 40, p80: 60, p95: 100, now: 20, window: 50 })
  expect(found.stretches).toContainEqual({ kind: 'beyond', left: 50, width: 50 })
  expect(found.marks.filter(({ past }) => past !== null).map(({ name, past }) => [name, past])).toEqual([['planned finish', '1 h'], ['forecast finish', '3 h']])
  expect(picture({ plannedEnd: iso(4), windowEnd: iso(5) }, null, 2).stretches.map(({ kind }) => kind)).not.toContain('beyond')
})

test('before the night the forecast is on it, and no now', () => {
  expect(Object.keys(lefts(picture({ startedAt: null, state: 'scheduled' }, document(4.5), -20)))).toEqual(['start', 'planned', 'forecast', 'p50', 'p80', 'p95', 'window'])
})

test('on the way back its end takes the place of the plan’s; an older forecast, of the way forward, does not', () => {
  const back = { state: 'backing_out' } as const
  expect(picture(back, document(3, true), 2).marks.map(({ name }) => name)).toEqual(['start', 'way back ends', 'P50', 'P80', 'P95', 'now', 'window ends'])
  expect(picture(back, document(3, false), 2).marks.map(({ name }) => name)).not.toContain('forecast finish')
  expect(picture(back, null, 2).stretches.map(({ kind }) => kind)).toEqual(['past'])
})
