import { describe, expect, it } from 'vitest'
import { readTyped, valueText } from './fields'

describe('what is typed into a field', () => {
  it('becomes an edit that says what was seen', () => {
    expect(readTyped('step', 'T-1', 'durationSeconds', 1800, '45m')).toEqual({
      edits: [{ op: 'set', level: 'step', code: 'T-1', field: 'durationSeconds', was: 1800, to: 2700 }], to: 2700,
    })
  })
  it('is nothing when it says the same', () => {
    expect(readTyped('step', 'T-1', 'durationSeconds', 1800, '30 min')).toBeNull()
    expect(readTyped('step', 'T-1', 'labels', ['b', 'a'], ' a, b ,a')).toBeNull()
    expect(readTyped('step', 'T-1', 'team', null, ' ')).toBeNull()
  })
  it('is refused in words when it cannot be meant', () => {
    expect(readTyped('step', 'T-1', 'durationSeconds', 1800, '45')).toHaveProperty('wrong')
    expect(readTyped('step', 'T-1', 'name', 'Load', '  ')).toEqual({ wrong: 'The name cannot be empty' })
    expect(readTyped('step', 'T-1', 'after', [], 'A B C')).toHaveProperty('wrong')
  })
  it('empties a team, and takes a list', () => {
    expect(readTyped('step', 'T-1', 'team', 'DBA', '')).toHaveProperty('to', null)
    expect(readTyped('step', 'T-1', 'scope', [], 'cutover, DR1')).toHaveProperty('to', ['cutover', 'DR1'])
  })
  it('is written as it may be typed again', () => {
    expect(valueText('durationSeconds', 5400)).toBe('1h 30m')
    expect(valueText('after', [{ code: 'A', kind: 'SS', lagSeconds: 60 }])).toBe('A SS +1m')
    expect(valueText('pointOfNoReturn', true)).toBe('yes')
  })
})
