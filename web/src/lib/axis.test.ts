import { describe, expect, it } from 'vitest'
import { clockChanges, stepFor, ticksOf } from './axis'
import { clock, dayClock } from './time'

const hour = 3_600_000
const at = (iso: string) => Date.parse(iso)
const night = (zone: string, from: string, to: string, step = hour) => ticksOf(at(from), at(to), step, zone).map((tick) => clock(tick, zone))

describe('the hours of a night', () => {
  it('are 24 on most days', () => {
    expect(night('Europe/Berlin', '2026-11-22T00:00:00+01:00', '2026-11-22T23:59:00+01:00')).toHaveLength(24)
  })
  it('are 25 when the clocks go back in Berlin: two begin at 02:00', () => {
    const hours = night('Europe/Berlin', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:00+01:00')
    expect(hours).toHaveLength(25)
    expect(hours.slice(0, 5)).toEqual(['00:00', '01:00', '02:00', '02:00', '03:00'])
  })
  it('are 23 when they go forward: none begins at 02:00', () => {
    const hours = night('Europe/Berlin', '2027-03-28T00:00:00+01:00', '2027-03-28T23:59:00+02:00')
    expect(hours).toHaveLength(23)
    expect(hours.slice(0, 4)).toEqual(['00:00', '01:00', '03:00', '04:00'])
  })
  it('are 25 in New York a week later', () => {
    expect(night('America/New_York', '2026-11-01T00:00:00-04:00', '2026-11-01T23:59:00-05:00')).toHaveLength(25)
  })
  it('have one of an hour and a half on Lord Howe Island, where 01:30 to 02:00 comes twice', () => {
    const found = ticksOf(at('2027-04-04T00:00:00+11:00'), at('2027-04-04T04:00:00+10:30'), hour, 'Australia/Lord_Howe')
    expect(found.map((tick) => clock(tick, 'Australia/Lord_Howe'))).toEqual(['00:00', '01:00', '02:00', '03:00', '04:00'])
    expect(found.slice(1).map((tick, i) => (tick - (found[i] ?? 0)) / hour)).toEqual([1, 1.5, 1, 1])
    const quarters = night('Australia/Lord_Howe', '2027-04-04T01:00:00+11:00', '2027-04-04T02:00:00+10:30', hour / 4)
    expect(quarters).toEqual(['01:00', '01:15', '01:30', '01:45', '01:30', '01:45', '02:00'])
  })
  it('go from 01:00 to 03:00 there in October, an hour and a half later', () => {
    const found = ticksOf(at('2026-10-04T01:00:00+10:30'), at('2026-10-04T04:00:00+11:00'), hour, 'Australia/Lord_Howe')
    expect(found.map((tick) => clock(tick, 'Australia/Lord_Howe'))).toEqual(['01:00', '03:00', '04:00'])
    expect(((found[1] ?? 0) - (found[0] ?? 0)) / hour).toBe(1.5)
  })
})

describe('wider ticks', () => {
  it('stand on the wall clock on both sides of a change', () => {
    expect(night('Europe/Berlin', '2026-10-24T18:00:00+02:00', '2026-10-25T18:00:00+01:00', 6 * hour)).toEqual(['18:00', '00:00', '06:00', '12:00', '18:00'])
  })
  it('of days are local midnights', () => {
    const zone = 'America/New_York'
    expect(ticksOf(at('2026-10-31T12:00:00-04:00'), at('2026-11-03T12:00:00-05:00'), 24 * hour, zone).map((tick) => dayClock(tick, zone)))
      .toEqual(['Sun 1 Nov 00:00', 'Mon 2 Nov 00:00', 'Tue 3 Nov 00:00'])
  })
  it('of days come once where midnight comes twice, and begin at 01:00 where there is no midnight', () => {
    // Havana's clocks go back at 01:00 and forward at 00:00.
    const zone = 'America/Havana'
    const days = (from: string, to: string) => ticksOf(at(from), at(to), 24 * hour, zone).map((tick) => dayClock(tick, zone))
    expect(days('2026-10-31T12:00:00-04:00', '2026-11-02T12:00:00-05:00')).toEqual(['Sun 1 Nov 00:00', 'Mon 2 Nov 00:00'])
    expect(days('2026-03-07T12:00:00-05:00', '2026-03-09T12:00:00-04:00')).toEqual(['Sun 8 Mar 01:00', 'Mon 9 Mar 00:00'])
  })
  it('of weeks are Mondays', () => {
    expect(ticksOf(at('2026-11-01T00:00:00Z'), at('2026-11-20T00:00:00Z'), 7 * 24 * hour, 'UTC').map((tick) => dayClock(tick, 'UTC')))
      .toEqual(['Mon 2 Nov 00:00', 'Mon 9 Nov 00:00', 'Mon 16 Nov 00:00'])
  })
  it('are as wide as asked for, or the next wider that a clock knows', () => {
    expect([1, 4 * 60_000, 20 * 60_000, 5 * hour, 30 * hour].map(stepFor)).toEqual([300_000, 300_000, 1_800_000, 6 * hour, 48 * hour])
  })
})

describe('changes of the clocks', () => {
  it('are named with their moment and size', () => {
    expect(clockChanges(at('2026-10-24T12:00:00Z'), at('2026-10-26T12:00:00Z'), 'Europe/Berlin')).toEqual([{ at: at('2026-10-25T01:00:00Z'), minutes: -60 }])
    expect(clockChanges(at('2026-10-03T12:00:00Z'), at('2026-10-04T12:00:00Z'), 'Australia/Lord_Howe')).toEqual([{ at: at('2026-10-03T15:30:00Z'), minutes: 30 }])
    expect(clockChanges(at('2026-10-24T12:00:00Z'), at('2026-10-26T12:00:00Z'), 'UTC')).toEqual([])
  })
})
