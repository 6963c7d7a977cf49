import { describe, expect, it } from 'vitest'
import type { EditedItem } from '../../../api/plan'
import { applyItems } from './apply'
import { rowsOf } from './rows'
import { sampleStep, samplePlan } from './sample'
import { chapterOf, freeCode, indexOf, moveOf } from './tree'

const codes = (plan: ReturnType<typeof samplePlan>, folds: string[] = [], filter = {}) => rowsOf(plan, filter, new Set(folds)).map(({ code }) => code)
const item = (level: EditedItem['level'], code: string, value: object | null, parent: string | null = null, position: number | null = null): EditedItem =>
  ({ level, code, item: value as EditedItem['item'], parent, position })
function applied(items: EditedItem[], plan = samplePlan()) {
  const after = applyItems(plan, items)
  if (!after) throw new Error('it could not be applied')
  return after
}

describe('the lines of the table', () => {
  it('are the tree, folded as wished', () => {
    expect(codes(samplePlan())).toEqual(['P1', 'C1', 'A-1', 'A-2', 'C2', 'B-1', 'P2', 'C3'])
    expect(codes(samplePlan(), ['C1', 'P2'])).toEqual(['P1', 'C1', 'C2', 'B-1', 'P2'])
  })
  it('are what passes a filter, unfolded', () => {
    expect(codes(samplePlan(), ['P1'], { team: 'NET' })).toEqual(['P1', 'C1', 'A-2'])
    expect(codes(samplePlan(), [], { q: 'step b-1' })).toEqual(['P1', 'C2', 'B-1'])
    expect(codes(samplePlan(), [], { label: 'night' })).toEqual(['P1', 'C1', 'A-2'])
    expect(codes(samplePlan(), [], { chapter: 'C3' })).toEqual(['P2', 'C3'])
  })
})

describe('what an edit changed', () => {
  it('replaces a step and leaves all other objects as they are', () => {
    const before = samplePlan()
    const after = applied([item('step', 'A-1', sampleStep('A-1', { durationSeconds: 60 }), 'C1', 0)], before)
    expect(codes(after)).toEqual(codes(before))
    expect(indexOf(after).places.get('A-1')?.item).toHaveProperty('durationSeconds', 60)
    expect(after.macroPhases[1]).toBe(before.macroPhases[1])
    expect(after.macroPhases[0]?.chapters[1]).toBe(before.macroPhases[0]?.chapters[1])
    expect(after.macroPhases[0]?.chapters[0]?.steps[1]).toBe(before.macroPhases[0]?.chapters[0]?.steps[1])
  })
  it('adds, renames and removes steps in their places', () => {
    expect(codes(applied([item('step', 'A-9', sampleStep('A-9'), 'C1', 1)]))).toEqual(['P1', 'C1', 'A-1', 'A-9', 'A-2', 'C2', 'B-1', 'P2', 'C3'])
    expect(codes(applied([item('step', 'A-1', null), item('step', 'A-3', sampleStep('A-3'), 'C1', 0)]))).toEqual(['P1', 'C1', 'A-3', 'A-2', 'C2', 'B-1', 'P2', 'C3'])
    expect(codes(applied([item('step', 'A-1', null)]))).not.toContain('A-1')
  })
  it('moves a step to another chapter, and a chapter with its steps', () => {
    expect(codes(applied([item('step', 'A-2', sampleStep('A-2'), 'C3', 0)]))).toEqual(['P1', 'C1', 'A-1', 'C2', 'B-1', 'P2', 'C3', 'A-2'])
    const chapter = { code: 'C1', name: 'First', rollback: false, after: [] }
    expect(codes(applied([item('chapter', 'C1', chapter, 'P2', 0)]))).toEqual(['P1', 'C2', 'B-1', 'P2', 'C1', 'A-1', 'A-2', 'C3'])
  })
  it('takes a chapter out with all in it, and puts one back with its steps', () => {
    const gone = applied([item('chapter', 'C1', null), item('step', 'B-1', sampleStep('B-1'), 'C2', 0)])
    expect(codes(gone)).toEqual(['P1', 'C2', 'B-1', 'P2', 'C3'])
    const back = applied([
      item('step', 'A-2', sampleStep('A-2'), 'C1', 1), item('step', 'A-1', sampleStep('A-1'), 'C1', 0),
      item('chapter', 'C1', { code: 'C1', name: 'First', rollback: false, after: [] }, 'P1', 0),
    ], gone)
    expect(codes(back)).toEqual(codes(samplePlan()))
  })
  it('asks for the whole when a chapter got another code', () => {
    expect(applyItems(samplePlan(), [item('chapter', 'C1', null), item('chapter', 'C9', { code: 'C9', name: '', rollback: false, after: [] }, 'P1', 0)])).toBeNull()
  })
})

describe('finding one’s way', () => {
  it('knows who waits for whom, over all levels', () => {
    const { next } = indexOf(samplePlan())
    expect(next.get('A-1')?.map(({ code }) => code)).toEqual(['A-2'])
    expect(next.get('C1')?.map(({ code }) => code)).toEqual(['B-1'])
    expect(chapterOf(indexOf(samplePlan()), 'B-1')?.code).toBe('C2')
  })
  it('moves over the edge of a chapter into the next', () => {
    expect(moveOf(samplePlan(), 'A-2', -1)).toEqual({ op: 'move', level: 'step', code: 'A-2', parent: 'C1', before: 'A-1' })
    expect(moveOf(samplePlan(), 'A-1', 1)).toEqual({ op: 'move', level: 'step', code: 'A-1', parent: 'C1' })
    expect(moveOf(samplePlan(), 'A-2', 1)).toEqual({ op: 'move', level: 'step', code: 'A-2', parent: 'C2', before: 'B-1' })
    expect(moveOf(samplePlan(), 'B-1', -1)).toEqual({ op: 'move', level: 'step', code: 'B-1', parent: 'C1' })
    expect(moveOf(samplePlan(), 'A-1', -1)).toBeNull()
    expect(moveOf(samplePlan(), 'P1', 1)).toEqual({ op: 'move', level: 'macroPhase', code: 'P1' })
  })
  it('offers a free code near the one above', () => {
    expect(freeCode(indexOf(samplePlan()), 'TRT-0100')).toBe('TRT-0105')
    expect(freeCode(indexOf(samplePlan()), 'A-1')).toBe('A-6')
  })
})
