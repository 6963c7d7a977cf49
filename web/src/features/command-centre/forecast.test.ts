import { describe, expect, it } from 'vitest'
import { board, row } from '../../../tests/board'
import type { ForecastDocument, ForecastStep, Uncertainty } from '../../api/forecast'
import { asOf, countdown, figuresOf, finishWords, gaugeWord, insideWords, spreadNote } from './finish'
import { blocksOf, widths } from './path'

const at = (time: string) => Date.parse(`2026-11-22T${time}+00:00`)
const now = at('02:00:00')
const iso = (time: string) => `2026-11-22T${time}:00+00:00`

const step = (code: string, start: string, end: string): ForecastStep => ({
  code, start: iso(start), end: iso(end), assumed: false, totalFloatSeconds: 0, freeFloatSeconds: 0, critical: true, late: false, atRisk: false, wave: 1, criticality: null, p80End: null,
  expectedSeconds: 600, delay: null,
})
const uncertainty: Uncertainty = {
  seq: 9, madeAt: '', draws: 2000, seed: 1, p50: iso('04:10'), p80: iso('04:40'), p95: iso('05:30'), chance: 0.996, window: { end: iso('06:00') },
  histogram: { from: iso('04:00'), binSeconds: 300, counts: [1] }, history: { iterations: [], stepsWith: 0, stepsWithout: 1, ratio: null, scaling: '' }, method: '',
}
const forecast = (change: Partial<ForecastDocument> = {}): ForecastDocument => ({
  iterationId: 'it', seq: 10, now: '', basis: 'live', problem: null, assumptions: [], conflicts: [],
  finish: { forecast: iso('04:05'), planned: iso('04:00'), baseline: iso('04:00'), actual: null, delaySeconds: 300, wayBack: false },
  criticalPath: ['A', 'B', 'C'], steps: [step('A', '00:30', '01:00'), step('B', '01:30', '02:30'), step('C', '02:45', '03:00')], chapters: [], macroPhases: [], uncertainty: null, gauge: null, ...change,
})

describe('the finish', () => {
  it('is what is forecast, against the baseline', () => {
    expect(finishWords(forecast(), now, 'UTC')).toBe('forecast finish 04:05, +5 min against baseline')
  })
  it('is why there is none, where there is none', () => {
    expect(finishWords(forecast({ problem: { code: 'cycle', sentence: 'A waits for B, and B for A.', path: ['A', 'B'] } }), now, 'UTC')).toBe('no forecast: A waits for B, and B for A.')
  })
  it('of a night that is over is a fact', () => {
    const over = forecast({ basis: 'over', uncertainty, finish: { forecast: iso('04:02'), planned: iso('04:03'), baseline: null, actual: iso('04:02'), delaySeconds: -60, wayBack: false } })
    expect(finishWords(over, now, 'UTC')).toBe('finished 04:02, −1 min against plan')
    expect(figuresOf(over, now, 'UTC')).toEqual([])
  })
  it('has a chance only where it was evaluated, and is never quite sure', () => {
    expect(figuresOf(forecast(), now, 'UTC')).toEqual([])
    expect(figuresOf(forecast({ uncertainty }), now, 'UTC').map(({ label, text }) => `${label} ${text}`)).toEqual(['P50 04:10', 'P80 04:40', 'P95 05:30', 'inside the window above 99 %'])
    expect(figuresOf(forecast({ uncertainty: { ...uncertainty, chance: null, window: null } }), now, 'UTC')).toHaveLength(3)
  })
  it('of the way back is its end, inside the window or past it, and against no plan', () => {
    const back = { forecast: iso('05:50'), planned: iso('04:00'), baseline: iso('04:00'), actual: null, delaySeconds: null, wayBack: true }
    expect(finishWords(forecast({ finish: back }), now, 'UTC')).toBe('way back ends 05:50')
    expect(insideWords(forecast({ finish: back, uncertainty }))).toEqual({ words: 'inside the window', late: false })
    expect(insideWords(forecast({ finish: { ...back, forecast: iso('06:10') }, uncertainty }))).toEqual({ words: "10 min past the window's end", late: true })
    expect(figuresOf(forecast({ finish: back, uncertainty }), now, 'UTC').at(-1)?.label).toBe('to be back inside the window')
    expect(finishWords(forecast({ basis: 'over', finish: { ...back, actual: iso('05:40') } }), now, 'UTC')).toBe('backed out 05:40')
  })
  it('says what its figures are where they are far apart', () => {
    expect(spreadNote(forecast({ uncertainty: { ...uncertainty, p50: iso('04:07') } }))).toBeNull()
    expect(spreadNote(forecast({ uncertainty }))).toContain('Plan with P80.')
    expect(spreadNote(forecast({ uncertainty: { ...uncertainty, p50: iso('03:40'), p80: iso('03:50'), p95: iso('04:00') } }))).toContain('plan with the later one')
    expect(spreadNote(forecast())).toBeNull()
  })
  it('says of which event it is, and how many came since', () => {
    expect(asOf(10, 10)).toBe('as of event 10')
    expect(asOf(10, 13)).toBe('as of event 10, 3 since')
  })
})

describe('the gauge', () => {
  it('is passed as soon as the clock says so, whatever the last forecast said', () => {
    expect(gaugeWord({ state: 'closing', lastSafeDecision: iso('02:30'), beforeStepCode: null }, now).word).toBe('Closing')
    expect(gaugeWord({ state: 'closing', lastSafeDecision: iso('02:00'), beforeStepCode: null }, now).tone).toBe('red')
    expect(gaugeWord({ state: 'closing', lastSafeDecision: iso('02:00'), beforeStepCode: 'TRT-1' }, now).word).toBe('Closing')
    expect(gaugeWord({ state: 'forward_only', lastSafeDecision: iso('01:00'), beforeStepCode: null }, now).word).toBe('Forward only')
  })
  it('counts down, and up afterwards', () => {
    expect(countdown(at('02:12:30'), now)).toBe('in 12:30 min')
    expect(countdown(at('04:30:59'), now)).toBe('in 2 h 30')
    expect(countdown(at('01:59:00'), now)).toBe('1:00 min ago')
    expect(countdown(at('02:00:13'), now)).toBe('in 13 s')
  })
})

describe('the critical path', () => {
  const night = board([row('A', { state: 'complete' }), row('B', { state: 'in_progress', startedAt: iso('01:30') }), row('C')])
  it('is what is open of it, with what is left of each, and the pauses between', () => {
    const blocks = blocksOf(night, forecast(), now)
    expect(blocks.map(({ row: { code }, seconds, gapSeconds, gone }) => [code, seconds, gapSeconds, gone])).toEqual([['B', 1800, 0, 0.5], ['C', 900, 900, null]])
  })
  it('is as wide as it takes, within what can be read', () => {
    expect(widths(blocksOf(night, forecast(), now))).toEqual([140, 116])
    expect(widths([])).toEqual([])
  })
})
