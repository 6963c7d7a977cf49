import { expect, test } from 'vitest'
import type { PlanEffect } from '../../api/types'
import { chainOf, finishOf, notReckoned } from './effect'

const length = (durationSeconds: number) => ({ durationSeconds, steps: 40, criticalSteps: 12 })
const effect = (more: Partial<PlanEffect>): PlanEffect => ({ before: length(147_600), after: length(142_200), joined: [], left: [], ...more })

test('the finish is said from T-0, with what it moves by', () => {
  expect(finishOf(effect({}))).toEqual({ from: 'T+41 h', to: 'T+39 h 30', by: '−1 h 30', sooner: true })
  expect(finishOf(effect({ after: length(147_600) }))).toMatchObject({ by: null })
  expect(finishOf(effect({ before: null }))).toBeNull()
})

test('where the longest chain is another one is named, and only some of it where it is much', () => {
  expect(chainOf(effect({}))).toBe('The longest chain is the same: 12 steps.')
  expect(chainOf(effect({ joined: ['TRT-2'], left: ['TRT-1'] }))).toBe('The longest chain changes: TRT-1 left it; TRT-2 came onto it.')
  expect(chainOf(effect({ joined: ['1', '2', '3', '4', '5', '6', '7'] }))).toContain('5, 6 and more came onto it')
})

test('without a duration anywhere no finish is stated', () => {
  expect(notReckoned(effect({}))).toBeNull()
  expect(notReckoned(effect({ before: length(0), after: length(0) }))).toBe('The finish is not reckoned: no step has a duration.')
  expect(notReckoned(effect({ after: length(0) }))).toContain('of this version')
  expect(notReckoned(effect({ before: length(0) }))).toContain('of the version before')
})
