import { expect, test } from 'vitest'
import { momentOf, wallTimeOf } from './zoned'

const berlin = 'Europe/Berlin'
const at = (iso: string) => Date.parse(iso)

test('a wall time is read in the zone that is meant, not in that of the browser', () => {
  expect(momentOf({ date: '2026-11-20', time: '18:00' }, berlin)).toEqual({ at: at('2026-11-20T17:00:00Z'), twice: false })
  expect(momentOf({ date: '2026-11-20', time: '18:00' }, 'Asia/Kolkata')).toEqual({ at: at('2026-11-20T12:30:00Z'), twice: false })
  expect(momentOf({ date: '2026-07-20', time: '8:05' }, berlin)).toEqual({ at: at('2026-07-20T06:05:00Z'), twice: false })
})

test('the hour that comes twice means its first, and says that it comes twice', () => {
  expect(momentOf({ date: '2026-10-25', time: '02:30' }, berlin)).toEqual({ at: at('2026-10-25T00:30:00Z'), twice: true })
  expect(momentOf({ date: '2026-10-25', time: '03:30' }, berlin)).toEqual({ at: at('2026-10-25T02:30:00Z'), twice: false })
})

test('the hour the clocks jump over is not a time', () => {
  expect(momentOf({ date: '2026-03-29', time: '02:30' }, berlin)).toEqual({ at: null, why: 'skipped' })
  expect(momentOf({ date: '2026-03-29', time: '03:00' }, berlin)).toEqual({ at: at('2026-03-29T01:00:00Z'), twice: false })
})

test('what is no time is said so', () => {
  for (const wall of [{ date: '', time: '18:00' }, { date: '2026-11-20', time: '' }, { date: '2026-11-20', time: '24:00' }, { date: '2026-13-40', time: '10:00' }, { date: '2026-02-30', time: '10:00' }]) {
    expect(momentOf(wall, berlin)).toEqual({ at: null, why: 'unreadable' })
  }
})

test('a moment and its wall time lead to each other', () => {
  for (let hour = 0; hour < 24 * 14; hour += 1) {
    const moment = at('2026-10-20T00:10:00Z') + hour * 3_600_000
    const back = momentOf(wallTimeOf(moment, 'America/New_York'), 'America/New_York')
    expect([moment, moment - 3_600_000]).toContain(back.at)
  }
})

test('a year that is still being typed is no time yet, and nothing breaks', () => {
  for (const date of ['0002-11-20', '0020-11-20', '0202-11-20', '1970-01-01', '1999-12-31', '2200-01-01', '9999-12-31', '20266-11-20', '275760-09-13']) {
    expect(momentOf({ date, time: '18:00' }, berlin)).toEqual({ at: null, why: 'year' })
  }
  const odd = ['', ' ', '0', '-1', 'NaN', 'null', '2026', '2026-11', '2026-1-1', '20.11.2026', '11/20/2026', '2026-11-20T18:00', '-002026-11-20', '0000-00-00', '２０２６-11-20', '🙂', 'x'.repeat(9999)]
  for (const date of odd) for (const time of [...odd, '18:00', '99:99', '18:00:00', '6 pm']) expect(momentOf({ date, time }, berlin).at).toBeNull()
})
