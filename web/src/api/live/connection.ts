import { createStore } from '../../lib/store'
import type { EventPage, LiveEvent } from '../types'
import { type Heard, type LiveMode, liveMode, shouldPoll } from './mode'
import { sequence } from './sequence'

/** What the connection needs of the world; tests hand in their own. */
export interface LivePorts {
  now: () => number
  browserOnline: () => boolean
  fetchEvents: (iterationId: string, after: number) => Promise<EventPage>
  /** Is the server there at all? Asked while no iteration is open. Throws when not. */
  ping: () => Promise<unknown>
  subscribe: (watch: Watched) => void
  unsubscribe: (watch: Watched) => void
  onEvents: (iterationId: string, events: LiveEvent[]) => void
}

export interface Watched {
  migrationId: string
  iterationId: string
  /** The number up to which the cache is filled. */
  last: number
  /** The last heartbeat told of something that had not come yet. */
  behind?: boolean
}

export interface LiveStatus {
  mode: LiveMode
  lastHeardAt: number | null
  /** Since when the mode is what it is. */
  since: number
  /** The highest number known of, for the tooltip. */
  head: number | null
}

export type LiveConnection = ReturnType<typeof createLiveConnection>

/**
 * The one live connection: numbers what comes in, finds holes and fills them by number, and says how fresh
 * the page is. It knows no socket and no clock; `wire.ts` gives it both.
 */
export function createLiveConnection(ports: LivePorts) {
  const watched = new Map<string, Watched & { users: number }>()
  const catching = new Map<string, Promise<void>>()
  let lastAskedAt = 0
  const heard: Heard = {
    socketUp: false,
    socketLostAt: ports.now(),
    lastHeardAt: null,
    pollFailingSince: null,
    browserOnline: ports.browserOnline(),
  }
  const status = createStore<LiveStatus>({ mode: 'connecting', lastHeardAt: null, since: ports.now(), head: null })

  function publish(head?: number | null): void {
    const before = status.get()
    heard.browserOnline = ports.browserOnline()
    const mode = liveMode(heard, ports.now())
    const highest = head === undefined ? before.head : head
    if (before.mode === mode && before.lastHeardAt === heard.lastHeardAt && before.head === highest) return
    const since = before.mode === mode ? before.since : ports.now()
    status.set({ mode, lastHeardAt: heard.lastHeardAt, since, head: highest })
  }

  function hear(head?: number): void {
    heard.lastHeardAt = ports.now()
    heard.pollFailingSince = null
    publish(head)
  }

  function take(iterationId: string, events: readonly LiveEvent[]): void {
    const watch = watched.get(iterationId)
    if (!watch) return
    const result = sequence(watch.last, events)
    watch.last = result.last
    if (result.apply.length > 0) ports.onEvents(iterationId, result.apply)
    if (result.hole) void catchUp(iterationId)
  }

  async function fetchAll(iterationId: string): Promise<void> {
    for (;;) {
      const watch = watched.get(iterationId)
      if (!watch) return
      const page = await ports.fetchEvents(iterationId, watch.last)
      const before = watch.last
      take(iterationId, page.items)
      hear(page.head)
      // A page that brings nothing new must not be asked for again and again.
      if (page.next === null || watch.last === before) return
    }
  }

  /** Fetches by number what is missing; one at a time for each iteration. Never throws. */
  function catchUp(iterationId: string): Promise<void> {
    const running = catching.get(iterationId)
    if (running) return running
    lastAskedAt = ports.now()
    const job = fetchAll(iterationId)
      .catch(() => {
        heard.pollFailingSince ??= ports.now()
        publish()
      })
      .finally(() => catching.delete(iterationId))
    catching.set(iterationId, job)
    return job
  }

  async function poll(): Promise<void> {
    lastAskedAt = ports.now()
    if (watched.size > 0) {
      await Promise.all([...watched.keys()].map((id) => catchUp(id)))
      return
    }
    try {
      await ports.ping()
      hear()
    } catch {
      heard.pollFailingSince ??= ports.now()
      publish()
    }
  }

  return {
    status,
    /** Keeps an iteration fresh from `after` on, until what it returns is called. */
    watch(migrationId: string, iterationId: string, after: number): () => void {
      const known = watched.get(iterationId)
      const entry = known ?? { migrationId, iterationId, last: after, users: 0 }
      entry.users += 1
      if (!known) {
        watched.set(iterationId, entry)
        if (heard.socketUp) ports.subscribe(entry)
      }
      return () => {
        entry.users -= 1
        if (entry.users > 0 || watched.get(iterationId) !== entry) return
        watched.delete(iterationId)
        if (heard.socketUp) ports.unsubscribe(entry)
      }
    },
    /** After a whole fetch: the cache is now filled up to `seq`. */
    rebase(iterationId: string, seq: number): void {
      const watch = watched.get(iterationId)
      if (watch && seq > watch.last) watch.last = seq
    },
    last: (iterationId: string): number => watched.get(iterationId)?.last ?? 0,
    catchUp,
    socketUp(): void {
      heard.socketUp = true
      for (const watch of watched.values()) ports.subscribe(watch)
      hear()
    },
    socketDown(): void {
      if (heard.socketUp) heard.socketLostAt = ports.now()
      heard.socketUp = false
      publish()
    },
    /** The server lives; with an iteration's newest number it also shows whether something never came. */
    heartbeat(head?: number, iterationId?: string): void {
      hear(head)
      const watch = iterationId === undefined ? undefined : watched.get(iterationId)
      if (!watch || head === undefined) return
      const behind = head > watch.last
      // Once may be an event still under way; twice is one that was lost.
      if (behind && watch.behind) void catchUp(watch.iterationId)
      watch.behind = behind
    },
    arrived(iterationId: string, events: readonly LiveEvent[]): void {
      take(iterationId, events)
      hear(events.at(-1)?.seq)
    },
    /** The browser says that the network went or came. */
    networkChanged(): void {
      publish()
      if (ports.browserOnline()) void poll()
    },
    /** Called each second: decides the mode anew, and asks by HTTP when it is time to. */
    async tick(): Promise<void> {
      publish()
      if (ports.browserOnline() && shouldPoll(heard, lastAskedAt, ports.now())) await poll()
    },
  }
}
