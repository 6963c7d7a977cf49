import { expect, test } from 'vitest'
import { formOf, noTime, readForm, sameTerms, type Terms } from './terms'

const zone = 'Europe/Berlin'
const terms: Terms = {
  windowStart: null, windowEnd: '2026-11-22T05:00:30.000000Z', dataVolume: 12.5, decider: { id: 'u1', name: 'Arno' }, decisionSeconds: 1800,
  blackouts: [{ start: '2026-11-22T01:00:00.000000Z', end: '2026-11-22T02:00:00.000000Z', reason: 'Backup' }],
}
const form = formOf(terms, zone)

test('a form that nobody has touched changes nothing, not even seconds', () => {
  expect(form.windowEnd).toEqual({ date: '2026-11-22', time: '06:00' })
  expect(readForm(form, terms, zone)).toMatchObject({ ready: true, change: {} })
})

test('only what was changed is sent, and what was emptied is cleared', () => {
  const read = readForm({ ...form, windowEnd: noTime, dataVolume: null, decisionMinutes: 20, deciderId: null }, terms, zone)
  expect(read).toMatchObject({ ready: true, change: { windowEnd: null, dataVolume: null, decisionSeconds: 1200, deciderId: null } })
  expect(Object.keys(read.ready ? read.change : {})).toHaveLength(4)
})

test('a blackout more, or one less, sends them all', () => {
  const more = { id: 9, start: { date: '2026-11-22', time: '04:00' }, end: { date: '2026-11-22', time: '04:30' }, reason: ' Reboot ', was: null }
  expect(readForm({ ...form, blackouts: [...form.blackouts, more] }, terms, zone)).toMatchObject({
    change: { blackouts: [terms.blackouts[0], { start: '2026-11-22T03:00:00.000Z', end: '2026-11-22T03:30:00.000Z', reason: 'Reboot' }] },
  })
  expect(readForm({ ...form, blackouts: [] }, terms, zone)).toMatchObject({ change: { blackouts: [] } })
})

test('what ends before it begins is said where it stands', () => {
  const windowStart = { date: '2026-11-22', time: '07:00' }
  expect(readForm({ ...form, windowStart }, terms, zone)).toEqual({ ready: false, why: 'The window ends before it begins.', wrong: { windowEnd: 'The window ends before it begins', blackouts: {} } })
  const blackouts = form.blackouts.map((one) => ({ ...one, end: one.start }))
  expect(readForm({ ...form, blackouts }, terms, zone)).toMatchObject({ ready: false, wrong: { blackouts: { 0: 'It ends before it begins' } } })
})

test('what is half typed is not ready', () => {
  for (const half of [{ windowStart: { date: '2026-11-22', time: '' } }, { windowEnd: { date: '0002-11-22', time: '06:00' } }, { decisionMinutes: null }, { decisionMinutes: undefined }, { dataVolume: undefined }, {
    blackouts: [{ id: 1, start: noTime, end: noTime, reason: '', was: null }],
  }]) {
    const read = readForm({ ...form, ...half }, terms, zone)
    expect(read.ready ? '' : read.why).toMatch(/yet\.$/)
  }
})

test('terms are the same whatever else the iteration did', () => {
  expect(sameTerms(terms, { ...terms })).toBe(true)
  expect(sameTerms(terms, { ...terms, dataVolume: 13 })).toBe(false)
})
