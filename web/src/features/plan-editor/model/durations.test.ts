import { describe, expect, it } from 'vitest'
import { durationText, secondsOf } from './durations'

describe('durations', () => {
  it.each([
    ['45m', 2700], ['2h 30m', 9000], ['1h30', 5400], ['1.5h', 5400], ['90s', 90], ['2d', 172_800], ['PT1H5M', 3900], ['0', 0], ['-10m', -600], ['15 min', 900],
  ])('reads %s', (text, seconds) => expect(secondsOf(text)).toBe(seconds))
  it.each(['', '45', 'soon', '1x', '3m4', '0.1s', 'PT'])('does not guess at "%s"', (text) => expect(secondsOf(text)).toBeNull())
  it.each([0, 59, 60, 2700, 9000, 90_061, -600])('writes %i so that it reads the same again', (seconds) => {
    expect(secondsOf(durationText(seconds))).toBe(seconds)
  })
})
