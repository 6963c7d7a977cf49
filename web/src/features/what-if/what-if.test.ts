import { describe, expect, it } from 'vitest'
import type { Outlook } from '../../api/types'
import { board, row } from '../../../tests/board'
import { apart, chanceChange, figuresOf, pathChange, safeChange, summary, timeChange } from './change'
import { fitting, meant } from './find'
import { canShare, canSuppose, lacks, type Line, newLine, refusedLine, suppositionOf, wholeLines, withStep } from './lines'
import { modelWords, realOf } from './words'

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`)
const outlook = (change: Partial<Outlook> = {}): Outlook => ({
  finish: '2026-11-22T04:10:00Z', p50: '2026-11-22T04:15:00Z', p80: '2026-11-22T04:40:00Z', p95: '2026-11-22T05:20:00Z',
  chance: 0.83, lastSafeDecision: '2026-11-22T03:00:00Z', criticalPath: ['A', 'B', 'C'], ...change,
})
const line = (change: Partial<Line> = {}): Line => ({ ...newLine([], 'TRT-1', at('06:00:00'), 'Europe/Berlin'), ...change })

describe('the change of a figure', () => {
  it('agrees with the clocks beside it, which show no seconds', () => {
    expect(apart(at('04:10:50'), at('04:47:10'))).toBe(37 * 60)
    expect(apart(at('04:10:50'), at('04:11:10'))).toBe(20)
    expect(apart(at('04:10:50'), at('04:10:50.400'))).toBe(0)
  })

  it('is good or bad by what it is: an earlier finish is, an earlier last safe decision is not', () => {
    expect(timeChange(at('04:10:00'), at('03:34:00'), 'earlier')).toEqual({ tone: 'better', signed: '−36 min', word: 'earlier' })
    expect(timeChange(at('03:00:00'), at('02:24:00'), 'later')).toEqual({ tone: 'worse', signed: '−36 min', word: 'earlier' })
    expect(timeChange(at('03:00:00'), at('04:05:00'), 'earlier')).toEqual({ tone: 'worse', signed: '+1 h 05', word: 'later' })
    expect(timeChange(at('03:00:00'), at('03:00:00'), 'earlier')).toEqual({ tone: 'same', signed: '', word: 'no change' })
  })

  it('is not made up where one of the two was not evaluated', () => {
    expect(timeChange(null, null, 'earlier').word).toBe('not evaluated')
    expect(timeChange(null, at('03:00:00'), 'earlier')).toEqual({ tone: 'unknown', signed: '', word: 'not evaluated today' })
    expect(safeChange(null, null)).toEqual({ tone: 'same', signed: '', word: 'none, as today' })
    expect(safeChange(at('03:00:00'), null)).toEqual({ tone: 'worse', signed: '', word: 'none any more' })
    expect(chanceChange(0.5, null)).toEqual({ tone: 'unknown', signed: '', word: 'not evaluated then' })
  })

  it('of a chance is in points, as the rounded figures show it', () => {
    expect(chanceChange(0.826, 0.954)).toEqual({ tone: 'better', signed: '+13 points', word: 'better' })
    expect([chanceChange(0.806, 0), chanceChange(0.8, 1)].map(({ signed }) => signed)).toEqual(['−80 points', '+19 points'])
    expect(chanceChange(0.83, 0.82)).toEqual({ tone: 'worse', signed: '−1 point', word: 'worse' })
    expect(chanceChange(0.83, 0.834)).toEqual({ tone: 'better', signed: '+0.4 points', word: 'better' })
    expect(chanceChange(0.83, 0.83).tone).toBe('same')
  })
})

describe('two outlooks', () => {
  const later = outlook({ finish: '2026-11-22T04:46:00Z', chance: 0.71, lastSafeDecision: null, criticalPath: ['A', 'D', 'C'] })

  it('stand beside each other in the zone that is chosen', () => {
    const figures = figuresOf({ now: '2026-11-22T02:00:00Z', today: outlook(), then: later }, 'Europe/Berlin')
    expect(figures.map(({ name, today, then }) => [name, today, then])).toEqual([
      ['Finish', '05:10', '05:46'], ['P50', '05:15', '05:15'], ['P80', '05:40', '05:40'], ['P95', '06:20', '06:20'],
      ['Inside the window', '83 %', '71 %'], ['Last safe decision', '04:00', '–'],
    ])
  })

  it('are told apart by the steps of their critical paths', () => {
    expect(pathChange(outlook(), later)).toEqual({ joined: ['D'], left: ['B'] })
  })

  it('are said in one sentence, which says no more than is known', () => {
    expect(summary({ today: outlook(), then: later })).toBe('It would end 36 min later; the chance to end inside the window moves −12 points.')
    expect(summary({ today: outlook(), then: outlook() })).toBe('It would end at the same time; the chance to end inside the window stays the same.')
    expect(summary({ today: outlook(), then: outlook({ finish: null, chance: null }) })).toBe('When it would end cannot be said.')
  })
})

describe('a line', () => {
  it('is sent with what belongs to its kind alone, and keeps the rest', () => {
    expect(suppositionOf(line({ minutes: 45 }))).toEqual({ what: 'late', stepCode: 'TRT-1', minutes: 45 })
    expect(suppositionOf(line({ what: 'skip', minutes: 45 }))).toEqual({ what: 'skip', stepCode: 'TRT-1' })
    expect(suppositionOf(line({ what: 'share' }))).toEqual({ what: 'share', stepCode: 'TRT-1', factor: 0.6 })
    expect(suppositionOf(line({ what: 'window', windowEnd: { date: '2026-11-22', time: '08:30' } }))).toEqual({ what: 'window', windowEnd: '2026-11-22T07:30:00.000Z' })
  })

  it('begins a window from the end it has today', () => {
    expect(line().windowEnd).toEqual({ date: '2026-11-22', time: '07:00' })
  })

  it('that lacks something is not sent, and says what', () => {
    const lines = [line({ code: null }), line({ minutes: null }), line({ what: 'share', factor: undefined }), line({ what: 'window', windowEnd: { date: '', time: '' } }), line({ what: 'skip' })]
    expect(lines.map((one) => lacks(one)?.slice(0, 9) ?? null)).toEqual(['Choose a ', 'Say how m', 'Say a fac', 'Say when ', null])
    expect(wholeLines(lines)).toEqual([lines[4]])
  })

  it('for a step is found again, takes the place of a blank one, or is added', () => {
    const [blank] = withStep([], null, null, 'UTC')
    expect(withStep([], 'TRT-1', null, 'UTC')).toMatchObject([{ code: 'TRT-1', what: 'late', minutes: 30 }])
    expect(withStep(blank ? [blank] : [], 'TRT-1', null, 'UTC')).toMatchObject([{ code: 'TRT-1' }])
    const known = [line()]
    expect(withStep(known, 'TRT-1', null, 'UTC')).toBe(known)
    expect(withStep(known, 'TRT-2', null, 'UTC').map(({ id, code }) => [id, code])).toEqual([[1, 'TRT-1'], [2, 'TRT-2']])
  })

  it('is the one that a refusal is about', () => {
    const sent = [line({ id: 1, code: 'TRT-1' }), line({ id: 2, code: 'TRT-10', what: 'start_now' }), line({ id: 3, code: 'TRT-10' })]
    const refused = (code: string, detail: string) => refusedLine({ code, detail }, sent)?.id ?? null
    expect(refused('step_over', 'TRT-1 is over: nothing can be supposed of it.')).toBe(1)
    expect(refused('step_begun', 'TRT-10 has begun: it cannot start now.')).toBe(2)
    expect(refused('not_found', 'There is no step TRT-10 in CUTOVER that could run.')).toBe(2)
    expect(refused('invalid', '`suppositions.2.minutes`: Input should be less than or equal to 14400.')).toBe(3)
    expect(refused('iteration_over', 'CUTOVER is over.')).toBe(null)
  })
})

describe('what is supposed', () => {
  it('is of a step that is part of the night, awake and not over', () => {
    expect([row('A'), row('A', { inScope: false }), row('A', { dormant: true }), row('A', { state: 'skipped' })].map(canSuppose)).toEqual([true, false, false, false])
  })

  it('is shared only where there is work to share', () => {
    expect((['work', 'checkpoint', 'milestone', 'gate'] as const).map((behaviour) => canShare(row('A', { behaviour })))).toEqual([true, true, false, false])
  })

  it('names its model, and does not call a ready step not ready', () => {
    expect(modelWords(line({ what: 'share', factor: 0.7 }), row('A'))).toContain('0.7 times as long')
    expect(modelWords(line({ what: 'start_now' }), row('A', { state: 'ready' }))).toBe('It begins now.')
    expect(modelWords(line({ what: 'start_now' }), row('A'))).toContain('although it is not ready')
  })
})

describe('a step', () => {
  const options = [['TRT-1', 'Stop the feeds'], ['TRT-10', 'Copy the ledger'], ['CHK-2', 'See that TRT-1 is done']].map(([value = '', name = '']) => ({ value, label: `${value} ${name}` }))

  it('is found by its code or its name, what begins so first', () => {
    expect(fitting(options, 'trt-1').map(({ value }) => value)).toEqual(['TRT-1', 'TRT-10', 'CHK-2'])
    expect(fitting(options, 'the ledg').map(({ value }) => value)).toEqual(['TRT-10'])
  })

  it('that is typed out is meant, and so is the only one that fits; of several none is', () => {
    expect(meant(options, ' trt-1 ')).toBe('TRT-1')
    expect(meant(options, 'ledger')).toBe('TRT-10')
    expect(meant(options, 'the')).toBe(null)
    expect(meant(options, '')).toBe(null)
  })
})

describe('making it real', () => {
  const { iteration } = board([])

  it('is offered by what the board allows', () => {
    expect(realOf(line({ what: 'skip' }), row('A', { allowedActions: ['skip'] }), iteration, null)).toMatchObject({ kind: 'step', action: 'skip', label: 'Skip A…' })
    expect(realOf(line({ what: 'skip' }), row('A'), iteration, null)).toMatchObject({ kind: 'words' })
    expect(realOf(line({ what: 'start_now' }), row('A', { allowedActions: ['override'] }), iteration, null)).toMatchObject({ action: 'override' })
    expect(realOf(line({ what: 'start_now' }), row('A', { allowedActions: ['activate', 'start'] }), iteration, null)).toMatchObject({ action: 'start', label: 'Start A now' })
  })

  it('of a window leads to the terms, for those who may change them', () => {
    const end = '2026-11-22T07:30:00.000Z'
    expect(realOf(line({ what: 'window' }), undefined, iteration, end)).toMatchObject({ kind: 'terms', windowEnd: end })
    expect(realOf(line({ what: 'window' }), undefined, { ...iteration, mayChangeTerms: false }, end)).toMatchObject({ kind: 'words' })
  })

  it('of lateness and sharing says what people do', () => {
    expect(realOf(line(), row('A'), iteration, null)).toMatchObject({ kind: 'words' })
    expect(realOf(line({ what: 'share' }), row('A'), iteration, null)).toMatchObject({ kind: 'words' })
  })
})
