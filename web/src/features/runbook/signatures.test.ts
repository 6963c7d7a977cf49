import { expect, test } from 'vitest'
import { gateDecision } from '../../../tests/decision'
import { askedToSkip, askedWords, waitsWords, withoutAsked } from './signatures'

const asked = gateDecision({ kind: 'second_signature', action: 'skip_step', askedBy: 'Priya' })

test('what was asked of a second person is not offered again, while it is open', () => {
  expect(withoutAsked(['start', 'skip'], [asked])).toEqual(['start'])
  expect(withoutAsked(['start', 'skip'], [{ ...asked, status: 'decided' }])).toEqual(['start', 'skip'])
  expect(askedToSkip([{ ...asked, action: 'override_control' }])).toBeUndefined()
})

test('it says who asked and for whom it waits', () => {
  expect(askedWords(asked)).toBe('Priya has asked to skip it; it waits for Arno to sign. It is not asked twice.')
  expect(waitsWords({ asked: [] })).toBe('nobody else may sign at this time')
})
