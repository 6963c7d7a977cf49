import { beforeEach, expect, test } from 'vitest'
import { event } from '../../../tests/board'
import type { EventPage, LiveEvent } from '../types'
import { createLiveConnection, type LiveConnection, type Watched } from './connection'

let now = 0
let online = true
let answering = true
let log: LiveEvent[] = []
let got: number[] = []
let asked: number[] = []
let subscribed: number[] = []
let live: LiveConnection

const pageSize = 2
const fetchEvents = (_id: string, after: number): Promise<EventPage> => {
  asked.push(after)
  if (!answering) return Promise.reject(new Error('no answer'))
  const all = log.filter(({ seq }) => seq > after)
  const items = all.slice(0, pageSize)
  return Promise.resolve({ items, head: log.at(-1)?.seq ?? 0, next: all.length > pageSize ? (items.at(-1)?.seq ?? null) : null })
}

beforeEach(() => {
  now = 100_000
  online = answering = true
  log = [1, 2, 3, 4, 5, 6, 7].map((seq) => event(seq))
  got = []
  asked = []
  subscribed = []
  live = createLiveConnection({
    now: () => now,
    browserOnline: () => online,
    fetchEvents,
    ping: () => (answering ? Promise.resolve() : Promise.reject(new Error('no answer'))),
    subscribe: (watch: Watched) => subscribed.push(watch.last),
    unsubscribe: () => undefined,
    onEvents: (_id, events) => got.push(...events.map(({ seq }) => seq)),
  })
})

const later = async (ms: number) => {
  now += ms
  await live.tick()
}

test('subscribes from the number it has, and again from there after a break', () => {
  live.watch('m', 'it', 3)
  live.socketUp()
  expect(subscribed).toEqual([3])
  live.arrived('it', log.slice(3, 5))
  live.socketDown()
  live.socketUp()
  expect(subscribed).toEqual([3, 5])
  expect(got).toEqual([4, 5])
})

test('an event twice is applied once', () => {
  live.watch('m', 'it', 3)
  live.arrived('it', log.slice(3, 4))
  live.arrived('it', log.slice(3, 4))
  expect(got).toEqual([4])
})

test('a hole is filled by number, page by page, and nothing is lost or doubled', async () => {
  live.watch('m', 'it', 1)
  live.arrived('it', log.slice(5, 6))
  expect(got).toEqual([])
  await live.catchUp('it')
  expect(asked).toEqual([1, 3, 5])
  expect(got).toEqual([2, 3, 4, 5, 6, 7])
})

test('without a websocket for ten seconds it asks each five, and says polling', async () => {
  live.watch('m', 'it', 5)
  await later(9_000)
  expect(asked).toEqual([])
  expect(live.status.get().mode).toBe('connecting')
  await later(1_000)
  expect(got).toEqual([6, 7])
  expect(live.status.get().mode).toBe('polling')
  await later(4_000)
  expect(asked).toEqual([5])
  await later(1_000)
  expect(asked).toEqual([5, 7])
  live.socketUp()
  expect(live.status.get().mode).toBe('live')
})

test('offline when the browser says so, at once; caught up when it is back', async () => {
  live.watch('m', 'it', 5)
  live.socketUp()
  expect(live.status.get().mode).toBe('live')
  online = false
  live.networkChanged()
  expect(live.status.get()).toMatchObject({ mode: 'offline', lastHeardAt: 100_000 })
  online = true
  live.networkChanged()
  await live.catchUp('it')
  expect(got).toEqual([6, 7])
  expect(live.status.get().mode).toBe('live')
})

test('a websocket that says nothing is not believed: it asks, and without an answer it is offline', async () => {
  live.watch('m', 'it', 7)
  live.socketUp()
  answering = false
  await later(12_000)
  expect(live.status.get().mode).toBe('live')
  await later(1_000)
  expect(live.status.get().mode).toBe('offline')
  answering = true
  await later(5_000)
  expect(live.status.get().mode).toBe('live')
})

test('a server that is away is offline even with nothing open', async () => {
  answering = false
  await later(10_000)
  expect(live.status.get().mode).toBe('offline')
  answering = true
  await later(5_000)
  expect(live.status.get().mode).toBe('polling')
})

test('two that watch one iteration share it; the first to go does not end it', () => {
  const leave = live.watch('m', 'it', 3)
  live.watch('m', 'it', 3)
  live.socketUp()
  expect(subscribed).toEqual([3])
  leave()
  live.arrived('it', log.slice(3, 4))
  expect(got).toEqual([4])
})
