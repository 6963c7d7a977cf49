import { describe, expect, it } from 'vitest'
import { before, chosen, type DiffItem, fieldWords, kindWord } from './compare'

const items: DiffItem[] = [
  { kind: 'step', code: 'TRT-1030', change: 'changed', fields: ['durationSeconds', 'parent'] },
  { kind: 'step', code: 'TRT-1040', change: 'added', fields: [] },
  { kind: 'macroPhase', code: 'PREP', change: 'removed', fields: ['name'] },
]

describe('a difference', () => {
  it('names the fields that changed, and no fields of what is new or gone', () => {
    expect(items.map((item) => fieldWords(item, (field) => (field === 'durationSeconds' ? 'duration' : field)))).toEqual(['duration, moved elsewhere', '', ''])
  })
  it('has a word for each kind, also for one that is not known yet', () => {
    expect(['macroPhase', 'stepType'].map(kindWord)).toEqual(['Macro-phase', 'step type'])
  })
  it('is narrowed by the way of changing and by code or kind', () => {
    expect(chosen(items, 'added', '').map(({ code }) => code)).toEqual(['TRT-1040'])
    expect(chosen(items, null, ' trt-1').map(({ code }) => code)).toEqual(['TRT-1030', 'TRT-1040'])
    expect(chosen(items, null, 'macro').map(({ code }) => code)).toEqual(['PREP'])
  })
})

describe('the version before', () => {
  const versions = [{ id: 'a', number: 1 }, { id: 'b', number: 2 }, { id: 'd', number: 4 }]
  it('is the one it was made from', () => {
    expect(before(versions, { id: 'd', number: 4, basedOn: { id: 'a', number: 1 } })?.id).toBe('a')
  })
  it('is the one with the next lower number where that is not known, and none for the first', () => {
    expect(before(versions, { id: 'd', number: 4 })?.id).toBe('b')
    expect(before(versions, { id: 'a', number: 1 })).toBeUndefined()
  })
})
