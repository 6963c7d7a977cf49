import { describe, expect, it } from 'vitest'
import type { Control } from '../../api/types'
import { byChapter, countWords, noFilter, signersWords } from './filter'

const control = (code: string, more: Partial<Control> = {}): Control => ({
  id: code, code, name: `Control ${code}`, description: '', critical: false, producer: null, validator: null, mine: false, state: 'pending', by: null, at: null,
  reason: null, overridden: false, overrideAsked: null, version: 1, places: [], evidence: [], mayAdd: false, allowedActions: [], ...more,
})
const place = (chapterId: string, stepCode: string): Control['places'][number] => ({ chapterId, stepCode, stepName: 'Load', stepState: 'ready', taskCode: `${stepCode}-1`, taskTitle: 'Compare' })
const chapters = [{ id: 'a', code: 'A1', name: 'Load' }, { id: 'b', code: 'B1', name: 'Check' }]
const items = [
  control('C1', { critical: true, places: [place('a', 'TRT-1'), place('b', 'TRT-9')] }),
  control('C2', { mine: true, state: 'passed', places: [place('b', 'TRT-9')] }),
  control('C3'),
]
const shown = (filter: Partial<typeof noFilter>) =>
  byChapter({ chapters, items }, { ...noFilter, ...filter }).map((group) => [group.title, group.items.map((one) => one.code)])

describe('the board of controls', () => {
  it('stands by chapter, a control of two in both, one of none at the end', () => {
    expect(shown({})).toEqual([['A1 Load', ['C1']], ['B1 Check', ['C1', 'C2']], ['Tied to no task', ['C3']]])
  })
  it('is narrowed by state, weight, own teams and words of any order', () => {
    expect(shown({ state: 'passed' })).toEqual([['B1 Check', ['C2']]])
    expect(shown({ critical: true, text: 'trt-9 control' })).toEqual([['A1 Load', ['C1']], ['B1 Check', ['C1']]])
    expect(shown({ mine: true })).toEqual([['B1 Check', ['C2']]])
    expect(shown({ text: 'nothing' })).toEqual([])
  })
  it('says who may sign an override that was asked for', () => {
    const person = (name: string) => ({ userId: name, name, role: 'pilot', answered: false })
    expect(signersWords({ asked: ['Arno', 'Marco'].map(person) })).toBe('waiting for a second person: Arno or Marco may sign.')
    expect(signersWords({ asked: ['A', 'B', 'C', 'D', 'E'].map(person) })).toContain('A or B or C or D or 1 more may sign')
    expect(signersWords({ asked: [] })).toContain('nobody else may sign')
  })
  it('counts in words', () => {
    expect(countWords({ total: 3, passed: 1, failed: 0, cancelled: 1, criticalOpen: 1, chapters, items })).toBe('1 of 3 passed · 1 cancelled · 1 critical open')
    expect(countWords({ total: 3, passed: 2, failed: 1, cancelled: 0, criticalOpen: 0, chapters, items })).toBe('2 of 3 passed · 1 failed · no critical one open')
  })
})
