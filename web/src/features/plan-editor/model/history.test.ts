import { describe, expect, it } from 'vitest'
import type { PlanEdit } from '../../../api/plan'
import { grown, toRedo, toUndo } from './history'

const edit = (number: number, more: Partial<PlanEdit> = {}): PlanEdit =>
  ({ number, title: `Edit ${number}`, by: 'Priya', mine: true, at: '', undoneBy: null, undoes: null, taught: null, items: [], ...more })
const page = (...items: PlanEdit[]) => ({ version: 9, status: 'draft' as const, lastEdit: items.at(-1)?.number ?? 0, items })

describe('undo and redo', () => {
  it('takes back mine, newest first, and leaves those of others', () => {
    expect(toUndo([edit(1), edit(2), edit(3, { mine: false })])?.number).toBe(2)
    expect(toUndo([edit(1), edit(2, { undoneBy: 3 }), edit(3, { undoes: 2 })])?.number).toBe(1)
    expect(toUndo([])).toBeNull()
  })
  it('does again what was taken back last, and then what was taken back before it', () => {
    const both = [edit(1, { undoneBy: 4 }), edit(2, { undoneBy: 3 }), edit(3, { undoes: 2 }), edit(4, { undoes: 1 })]
    expect(toRedo(both)?.number).toBe(4)
    const first = [...both.slice(0, 3), edit(4, { undoes: 1, undoneBy: 5 }), edit(5, { undoes: 4 })]
    expect(toRedo(first)?.number).toBe(3)
    expect(toUndo(first)?.number).toBe(5)
  })
  it('has nothing to do again once something else was done', () => {
    expect(toRedo([edit(1, { undoneBy: 2 }), edit(2, { undoes: 1 }), edit(3)])).toBeNull()
  })
  it('marks what a new edit took back', () => {
    const seen = grown(grown(undefined, page(edit(1), edit(2))), page(edit(3, { undoes: 2, mine: false })))
    expect(seen.items.map(({ undoneBy }) => undoneBy)).toEqual([null, 3, null])
    expect(seen.lastEdit).toBe(3)
  })
})
