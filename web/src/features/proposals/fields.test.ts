import { expect, test } from 'vitest'
import { firstText, minutesTaken, newValue } from './fields'

const step = {
  durationSeconds: 1800, startedAt: '2026-11-21T01:00:00Z', workEndedAt: '2026-11-21T01:41:20Z', endedAt: '2026-11-21T02:00:00Z',
  instructions: 'Copy it.', team: { id: '1', code: 'DBA', name: 'Databases', email: null, phone: null }, name: 'Copy', labels: ['db', 'night'],
}

test('what was measured is offered as the duration: the work, without its verification, rounded up', () => {
  expect(minutesTaken(step)).toBe(42)
  expect(firstText('durationSeconds', step)).toBe('42')
  expect(firstText('durationSeconds', { ...step, startedAt: null })).toBe('30')
  expect(minutesTaken({ ...step, workEndedAt: null, endedAt: null })).toBeNull()
})

test('a duration is whole minutes, and sent as seconds', () => {
  expect(newValue('durationSeconds', ' 45 ', step)).toEqual({ to: 2700 })
  const wrong = { '': 'A number of whole minutes', soon: 'A number, in digits', '-3': 'At least 0', '1.5': 'A whole number' }
  for (const [text, why] of Object.entries(wrong)) expect(newValue('durationSeconds', text, step)).toEqual({ wrong: why })
})

test('what the plan says already is no proposal', () => {
  expect(newValue('durationSeconds', '30', step)).toHaveProperty('wrong')
  expect(newValue('labels', 'night, db', step)).toHaveProperty('wrong')
  expect(newValue('team', 'DBA', step)).toHaveProperty('wrong')
  expect(newValue('instructions', 'Copy it. ', step)).toHaveProperty('wrong')
})

test('labels are a list without doubles; a name is not taken away', () => {
  expect(newValue('labels', 'db, cold ,db', step)).toEqual({ to: ['db', 'cold'] })
  expect(newValue('labels', '', step)).toEqual({ to: [] })
  expect(newValue('name', ' ', step)).toEqual({ wrong: 'A step has a name' })
})
