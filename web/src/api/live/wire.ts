import { io } from 'socket.io-client'
import { api } from '../../lib/paths'
import { noteServerTime } from '../../lib/serverTime'
import { get } from '../client'
import type { EventPage, LiveEvent } from '../types'
import { createLiveConnection, type LiveConnection, type Watched } from './connection'

interface Batch {
  iterationId: string | null
  events: LiveEvent[]
}
interface Heartbeat {
  now: string
  iterationId?: string
  head?: number
}
type Ack = { ok: true; head: number } | { ok: false; problem?: unknown }

/** A new forecast was made. Nothing is lost with one that does not come: the next says the same, later. */
interface ForecastMade {
  iterationId: string
}

interface Hears {
  onEvents: (iterationId: string, events: LiveEvent[]) => void
  onForecast: (iterationId: string) => void
}

/** Connects the live connection to the real websocket, network and clock. Returns it, and how to end it. */
export function wireLive({ onEvents, onForecast }: Hears): {
  live: LiveConnection
  close: () => void
} {
  const socket = io('/migration-updates', {
    path: '/socket.io',
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.5,
  })
  const live: LiveConnection = createLiveConnection({
    now: () => Date.now(),
    browserOnline: () => navigator.onLine,
    fetchEvents: (id, after) => get<EventPage>(api.events(id, after)),
    ping: () => get(api.clock()),
    onEvents,
    subscribe: ({ migrationId, iterationId, last }: Watched) => {
      socket.emit('subscribe', { migrationId, iterationId, after: last }, (ack: Ack) => {
        // Refused or behind: asking by number says what is true, or why it may not be seen.
        if (!ack.ok || ack.head > live.last(iterationId)) void live.catchUp(iterationId)
      })
    },
    unsubscribe: ({ migrationId, iterationId }: Watched) =>
      void socket.emit('unsubscribe', { migrationId, iterationId }),
  })
  socket.on('connect', () => live.socketUp())
  socket.on('disconnect', () => live.socketDown())
  socket.on('events', (batch: Batch) => {
    if (batch.iterationId !== null) live.arrived(batch.iterationId, batch.events)
  })
  socket.on('forecast', ({ iterationId }: ForecastMade) => onForecast(iterationId))
  socket.on('heartbeat', (beat: Heartbeat) => {
    noteServerTime(beat.now)
    live.heartbeat(beat.head, beat.iterationId)
  })
  const changed = () => {
    live.networkChanged()
    // Anew rather than when its pause between attempts is over.
    if (navigator.onLine && !socket.connected) socket.disconnect().connect()
  }
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  const timer = window.setInterval(() => void live.tick(), 1000)
  return {
    live,
    close: () => {
      window.clearInterval(timer)
      window.removeEventListener('online', changed)
      window.removeEventListener('offline', changed)
      socket.disconnect()
    },
  }
}
