import { describe, expect, it } from 'vitest'
import { board, row } from '../../../tests/board'
import type { ForecastDocument, ForecastStep } from '../../api/forecast'
import { itemsOf, sheetOf } from '../../features/runbook/rows'
import { marksOf, nearness, placesOf, rangeOf, rowMaker } from './rows'
import { tipLines } from './tip'

const at = (time: string) => Date.parse(`2026-11-22T${time}:00+00:00`)
const now = at('01:30')

const step = (code: string, change: Partial<ForecastStep> = {}): ForecastStep => ({
  code, start: '2026-11-22T01:20:00+00:00', end: '2026-11-22T01:45:00+00:00', assumed: false, totalFloatSeconds: 0, freeFloatSeconds: 0, critical: true, late: true, atRisk: false, wave: 1,
  criticality: null, p80End: '2026-11-22T01:55:00+00:00', expectedSeconds: 1500, delay: null, ...change,
})
const document = (steps: ForecastStep[], change: Partial<ForecastDocument> = {}): ForecastDocument => ({
  iterationId: 'it', seq: 10, now: '', basis: 'live', problem: null, assumptions: [], conflicts: [],
  finish: { forecast: '2026-11-22T05:20:00+00:00', planned: '2026-11-22T05:00:00+00:00', baseline: null, actual: null, delaySeconds: 1200, wayBack: false },
  criticalPath: [], steps, chapters: [], macroPhases: [], uncertainty: null, gauge: null, ...change,
})

function rowsOf(steps: ReturnType<typeof row>[], forecast: ForecastStep[] = []) {
  const night = board(steps)
  const index = new Map(forecast.map((one) => [one.code, one]))
  const items = itemsOf(night, sheetOf(night, now, index), {}, new Map(), now, index).items
  const rowAt = rowMaker(items, { forecast: index, groups: new Map(), now, begun: true })
  const found = items.map((_, i) => rowAt(i))
  return { night, items, rowAt, of: (code: string) => found.find((one) => one.code === code) }
}

describe('a row', () => {
  it('of a running step has what was and what is to come, and its delay by the forecast', () => {
    const found = rowsOf([row('X', { state: 'in_progress', startedAt: '2026-11-22T01:20:00+00:00' })], [step('X')]).of('X')
    expect(found).toMatchObject({
      actual: [at('01:20'), at('01:20')], running: true, forecast: [at('01:20'), at('01:45')], p80: at('01:55'), critical: true, late: true, delaySeconds: 35 * 60, near: 1,
    })
  })
  it('of a step that is over has no forecast and no flags any more', () => {
    const found = rowsOf([row('X', { state: 'complete', startedAt: '2026-11-22T01:00:00+00:00', endedAt: '2026-11-22T01:12:00+00:00', delaySeconds: 120 })], [step('X')]).of('X')
    expect(found).toMatchObject({ forecast: null, p80: null, critical: false, late: false, near: 0, delaySeconds: 120, actual: [at('01:00'), at('01:12')] })
  })
  it('without a forecast has none: nothing is made up', () => {
    expect(rowsOf([row('X')]).of('X')).toMatchObject({ forecast: null, p80: null, critical: false, near: 0 })
  })
  it('shows its baseline only where it differs from the plan', () => {
    const plan = { plannedStart: '2026-11-22T01:00:00+00:00', plannedEnd: '2026-11-22T01:10:00+00:00' }
    const { of } = rowsOf([row('X', { ...plan, baselineStart: plan.plannedStart, baselineEnd: plan.plannedEnd }), row('Y', { ...plan, baselineStart: plan.plannedStart, baselineEnd: '2026-11-22T01:05:00+00:00' })])
    expect(of('X')?.baseline).toBeNull()
    expect(of('Y')?.baseline).toEqual([at('01:00'), at('01:05')])
  })
  it('is kept while neither the step nor the forecast changed', () => {
    const { items, rowAt } = rowsOf([row('X')])
    expect(rowAt(items.length - 1)).toBe(rowAt(items.length - 1))
  })
})

describe('nearness to the critical path', () => {
  it('is the share of simulated nights, else by float', () => {
    expect(nearness(step('X', { criticality: 0.4 }))).toBe(0.4)
    expect(nearness(step('X'))).toBe(1)
    expect(nearness(step('X', { critical: false, totalFloatSeconds: 30 * 60 }))).toBe(0.25)
    expect(nearness(step('X', { critical: false, totalFloatSeconds: 7200 }))).toBe(0)
    expect(nearness(undefined)).toBe(0)
  })
})

describe('places', () => {
  it('of what is folded away is its group', () => {
    const night = board([row('X')])
    const folded = itemsOf(night, sheetOf(night, now), {}, new Map([['c1', true]]), now).items
    const places = placesOf(night, folded)
    expect(places.get('X')).toBe(places.get('A1'))
  })
})

describe('the range and marks', () => {
  it('hold plan, forecast and window, on quarter hours', () => {
    const range = rangeOf(board([row('X')]), document([]), now)
    expect(range).toEqual({ start: at('01:00'), end: at('06:00') })
    expect(rangeOf(board([row('X')]), document([], { finish: { forecast: '2026-11-22T07:01:00+00:00', planned: '2026-11-22T05:00:00+00:00', baseline: null, actual: null, delaySeconds: 7260, wayBack: false } }), now).end).toBe(at('07:15'))
  })
  it('mark only what is known', () => {
    expect(marksOf(board([]), null).map(({ kind }) => kind)).toEqual(['window'])
    const gauge = { state: 'closing' as const, sentence: '', lastSafeDecision: '2026-11-22T03:00:00+00:00', beforeStepCode: null, decider: null, decisionSeconds: 0, rollbackSeconds: null, windowEnd: null, backoutNow: null, backoutDecided: null, backoutAtWorst: null, pointOfNoReturn: { stepCode: 'X', begunAt: null } }
    expect(marksOf(board([]), document([step('X')], { gauge })).map(({ kind, at: moment }) => [kind, moment])).toEqual([['window', at('06:00')], ['return', at('01:20')], ['decision', at('03:00')]])
  })
})

describe('what is said of a row', () => {
  it('is exact, and names where its delay began', () => {
    const delay = { varianceSeconds: 2100, inheritedSeconds: 1500, ownSeconds: 600, reasons: [{ code: 'hold', seconds: 300, sentence: 'On hold for 5 min.' }], origin: { code: 'W', seconds: 1500 }, sentence: 'Most of it began at W.' }
    const one = step('X', { criticality: 0.83, delay })
    const found = rowsOf([row('X', { state: 'in_progress', startedAt: '2026-11-22T01:20:00+00:00' })], [one]).of('X')
    expect(found && tipLines(found, one, [], 'UTC')).toEqual([
      'X Name of X', 'In progress · UTC', 'Planned: Sun 22 Nov 01:00–01:10 · 10 min', 'Forecast: Sun 22 Nov 01:20–01:45 · 25 min', 'Actual: since Sun 22 Nov 01:20',
      'In 4 of 5 nights it ends by Sun 22 Nov 01:55 (P80)', 'Critical: no float, critical in 83 % of the simulated nights',
      'Delay +35 min: inherited +25 min, own +10 min', 'On hold for 5 min.', 'Most of it began at W.',
    ])
  })
})
