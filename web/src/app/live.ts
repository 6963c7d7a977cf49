import type { Query, QueryClient } from '@tanstack/react-query'
import type { LiveConnection } from '../api/live/connection'
import { wireLive } from '../api/live/wire'
import { forecastKey } from '../api/forecast'
import { messageKeys } from '../api/messages'
import { asProblem } from '../api/problem'
import { shownKeys } from '../api/controls'
import { boardQuery, cacheKeys, stepActionsQuery } from '../api/queries'
import { scheduleKey } from '../api/schedule'
import { spokenKeys } from '../api/spoken'
import type { ActionTable, Board, LiveEvent } from '../api/types'
import { atMostEach, atMostOnceASecond } from '../api/live/atMost'
import { applyEvent } from '../features/runbook/applyEvent'
import { announce } from '../ui/announce'

/** A forecast is a large document: read at most this often, however many are made. */
const forecastPauseMs = 5_000

/** Enough to bridge the time a whole fetch takes. */
const kept = 500

const needsFetch = (before: Board, after: Board, events: readonly LiveEvent[]): boolean =>
  // What the iteration itself allows depends on who looks: the server says it, with a new board.
  events.some((event) => event.reload) || before.iteration.state !== after.iteration.state

/** Ties the live connection to the cache: events patch boards, and mark stale what they touch. */
export function startLive(cache: QueryClient): { live: LiveConnection; close: () => void } {
  const recent = new Map<string, LiveEvent[]>()

  const applyAll = (board: Board, events: readonly LiveEvent[], table: ActionTable): Board =>
    events.reduce((now, event) => applyEvent(now, event, table), board)

  async function reload(iterationId: string, table: ActionTable): Promise<void> {
    const board = await cache.query({ ...boardQuery(iterationId), staleTime: 0 })
    // Events that came while the board was on its way are newer than it.
    cache.setQueryData(boardQuery(iterationId).queryKey, applyAll(board, recent.get(iterationId) ?? [], table))
    wired.live.rebase(iterationId, board.seq)
  }

  async function onEvents(iterationId: string, events: LiveEvent[]): Promise<void> {
    recent.set(iterationId, [...(recent.get(iterationId) ?? []), ...events].slice(-kept))
    const table = await cache.query({ ...stepActionsQuery, staleTime: 'static' })
    const key = boardQuery(iterationId).queryKey
    const before = cache.getQueryData(key)
    refresh(cache, iterationId, events)
    announce(events.length > 3 ? `${events.length} changes` : events.map((event) => event.sentence).join(' '))
    if (!before) return
    const after = applyAll(before, events, table)
    cache.setQueryData(key, after)
    if (needsFetch(before, after, events)) await reload(iterationId, table)
  }

  const wired = wireLive({
    onEvents: (iterationId, events) => void onEvents(iterationId, events).catch(() => undefined),
    onForecast: (iterationId) =>
      atMostEach(forecastPauseMs, `forecast ${iterationId}`, () => {
        // The light follows the chance.
        for (const queryKey of [forecastKey(iterationId), cacheKeys.rollup(iterationId), cacheKeys.migrations]) void cache.invalidateQueries({ queryKey })
      }),
  })
  const stop = askAgainWhenBack(cache, wired.live)
  return { live: wired.live, close: () => { stop(); wired.close() } }
}

/** How long after a failed answer it is asked for again, at the earliest. */
const againMs = 2_000

const unanswered = ({ state }: Query): boolean => state.status === 'error' && state.fetchStatus === 'idle' && asProblem(state.error).status === 0

/** Whatever is on screen and was not answered because the server could not be reached is asked for again once it is heard. */
export function askAgainWhenBack(cache: QueryClient, { status }: Pick<LiveConnection, 'status'>): () => void {
  return status.subscribe(() => {
    const { mode } = status.get()
    if (mode !== 'live' && mode !== 'polling') return
    if (cache.getQueryCache().findAll({ type: 'active', predicate: unanswered }).length === 0) return
    atMostEach(againMs, 'unanswered', () => void cache.refetchQueries({ type: 'active', predicate: unanswered }))
  })
}

/** What an event makes stale beside the board: the open step, the lists that show progress, my work. */
export function refresh(cache: QueryClient, iterationId: string, events: readonly LiveEvent[]): void {
  const touched = new Set(events.flatMap((event) => event.changes.steps?.map((change) => change.id) ?? []))
  for (const event of events) {
    if (event.stepId !== null) touched.add(event.stepId)
    for (const task of event.changes.tasks ?? []) touched.add(task.stepId)
  }
  const board = cache.getQueryData<Board>(cacheKeys.board(iterationId))
  const codes = new Set(board?.steps.filter((row) => touched.has(row.id)).map((row) => row.code))
  void cache.invalidateQueries({
    predicate: ({ queryKey }) =>
      queryKey[0] === 'step' && queryKey[1] === iterationId && (!board || codes.has(String(queryKey[2]))),
  })
  if (events.some((event) => event.type.startsWith('message.'))) void cache.invalidateQueries({ queryKey: messageKeys.undelivered(iterationId) })
  for (const queryKey of spokenKeys(iterationId, events)) void cache.invalidateQueries({ queryKey })
  for (const queryKey of shownKeys(iterationId, events)) void cache.invalidateQueries({ queryKey })
  void cache.invalidateQueries({ queryKey: cacheKeys.myWork })
  atMostOnceASecond(`figures ${iterationId}`, () => {
    void cache.invalidateQueries({ queryKey: cacheKeys.rollup(iterationId) })
    void cache.invalidateQueries({ queryKey: scheduleKey(iterationId) })
    void cache.invalidateQueries({ queryKey: cacheKeys.now(iterationId) })
  })
  void cache.invalidateQueries({ queryKey: cacheKeys.decisions(iterationId) })
  void cache.invalidateQueries({ queryKey: cacheKeys.migrations })
}
