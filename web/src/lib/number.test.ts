import { expect, test } from 'vitest'
import { halfTyped, readNumber, written } from './number'

const volume = { above: 0, max: 1e15 }
const minutes = { whole: true, min: 1, max: 14_400 }

test('a decimal is read with a dot or a comma, with groups or without', () => {
  const same: [string, number][] = [
    ['1.5', 1.5], ['1,5', 1.5], [' 20 ', 20], ['1500.25', 1500.25], ['1,500.25', 1500.25], ['1.500,25', 1500.25], ['1 500,5', 1500.5], ['1’500', 1500],
    ['1.234.567', 1_234_567], ['1,234,567', 1_234_567], ['0,125', 0.125], ['1.500', 1.5], ['+3', 3], ['007', 7],
  ]
  for (const [text, value] of same) expect([text, readNumber(text, volume)]).toEqual([text, { value, wrong: null }])
})

test('what could be another number, or is none, is refused in words and never bent', () => {
  for (const text of ['1,500', '1e3', '-20', '12 000 GB', '20 %', '1.5.5', '1,5,5', '1..5', '.', '-', 'NaN', 'Infinity', '0x10', '1/2', '٣', '1 5', '9'.repeat(40), '0', '1e400']) {
    const { value, wrong } = readNumber(text, volume)
    expect([text, value]).toEqual([text, undefined])
    expect(wrong).not.toBe(null)
  }
  expect(readNumber('1,500').wrong).toBe('Is 1,500 meant as 1500 or as 1.5? Write one of these')
  expect(readNumber('1e3').wrong).toBe('Write it out in digits, such as 1000')
})

test('a whole number within its limits; what is outside is said, not moved to the limit', () => {
  expect(readNumber('45', minutes)).toEqual({ value: 45, wrong: null })
  expect(['-15', '−15', '1.5', '99999999', '0'].map((text) => readNumber(text, minutes))).toEqual([
    { value: undefined, wrong: 'At least 1' }, { value: undefined, wrong: 'At least 1' }, { value: undefined, wrong: 'A whole number' },
    { value: undefined, wrong: 'At most 14400' }, { value: undefined, wrong: 'At least 1' },
  ])
  expect(readNumber('-10', { whole: true, min: -60 })).toEqual({ value: -10, wrong: null })
  expect(readNumber('')).toEqual({ value: null, wrong: null })
})

test('what the page writes it reads again', () => {
  for (const value of [0, 1, 1.125, 12.5, 1500, 0.05, 123_456_789.25, 1e15 / 10, -30]) expect(readNumber(written(value)).value).toBe(value)
})

test('what is on its way to a number is not called wrong yet', () => {
  expect(['', '-', '0', '0.', '0,0', '12.'].map(halfTyped)).toEqual([true, true, true, true, true, true])
  expect(['1.5.', '1e3', '-20', 'x'].map(halfTyped)).toEqual([false, false, false, false])
})
