import { describe, expect, it } from 'vitest'
import { marksOf } from './axis'
import { ofHour, type Scale } from './scale'

const at = (iso: string) => Date.parse(iso)
const zone = 'Europe/Berlin'
const night: Scale = { start: at('2026-10-24T20:00:00+02:00'), end: at('2026-10-25T08:00:00+01:00'), k: ofHour(100) }
const all = [0, 10_000] as const

describe('the axis', () => {
  it('has an hour more in the night the clocks go back, and says so', () => {
    const { ticks, changes } = marksOf(night, zone, ...all)
    expect(ticks.map(({ text }) => text)).toEqual(['20:00', '21:00', '22:00', '23:00', '00:00', '01:00', '02:00', '02:00', '03:00', '04:00', '05:00', '06:00', '07:00', '08:00'])
    expect(changes.map(({ text }) => text)).toEqual(['CEST → CET, clocks −1 h'])
  })
  it('has finer ticks the nearer one looks', () => {
    const count = (pixels: number) => marksOf({ ...night, k: ofHour(pixels) }, zone, 0, 1e9).ticks.length
    expect(count(12)).toBeLessThan(count(60))
    expect(count(60)).toBeLessThan(count(800))
    expect(marksOf({ ...night, k: ofHour(700) }, zone, 0, 1e9).ticks.slice(0, 3).map(({ text }) => text)).toEqual(['20:00', '20:05', '20:10'])
  })
  it('names the day under way at its beginning, and each new one', () => {
    expect(marksOf(night, zone, ...all).days.map(({ text }) => text)).toEqual(['Sat 24 Oct', 'Sun 25 Oct'])
  })
  it('is made only for the part that is looked at', () => {
    const { ticks } = marksOf(night, zone, 400, 700)
    expect(ticks.map(({ text }) => text)).toEqual(['00:00', '01:00', '02:00'])
  })
  it('says half an hour on Lord Howe Island', () => {
    const spring: Scale = { start: at('2026-10-04T00:00:00+10:30'), end: at('2026-10-04T06:00:00+11:00'), k: ofHour(100) }
    expect(marksOf(spring, 'Australia/Lord_Howe', 0, 10_000).changes.map(({ text }) => text)[0]).toMatch(/clocks \+30 min$/)
  })
})
