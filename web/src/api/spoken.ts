/** What people say of a night: comments, impediments, the roll-call; where each stands in the cache. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { spokenApi } from '../lib/spokenPaths'
import { get } from './client'
import type { CommentList, ImpedimentList, LiveEvent, Mentionables, RollCallNow } from './types'

export type CommentKind = 'comment' | 'handover'

const fresh = 5_000

export const spoken = {
  comments: (iterationId: string) => ['comments', iterationId] as const,
  impediments: (iterationId: string) => ['impediments', iterationId] as const,
  rollCall: (iterationId: string) => ['roll-call', iterationId] as const,
}

/** The newest first, a page at a time; of one step, or of the iteration with all its steps. */
export const commentsQuery = (iterationId: string, kind: CommentKind, stepCode?: string) =>
  infiniteQueryOptions({
    queryKey: [...spoken.comments(iterationId), kind, stepCode ?? null],
    queryFn: ({ pageParam }) => get<CommentList>(spokenApi.comments(iterationId, { kind, stepCode, before: pageParam })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: fresh,
  })

export const mentionablesQuery = (iterationId: string) =>
  queryOptions({
    queryKey: ['mentionables', iterationId],
    queryFn: () => get<Mentionables>(spokenApi.mentionables(iterationId)),
    staleTime: 60_000,
  })

export const impedimentsQuery = (iterationId: string, stepCode?: string) =>
  queryOptions({
    queryKey: [...spoken.impediments(iterationId), stepCode ?? null],
    queryFn: () => get<ImpedimentList>(spokenApi.impediments(iterationId, stepCode)),
    staleTime: fresh,
  })

export const rollCallQuery = (iterationId: string) =>
  queryOptions({
    queryKey: spoken.rollCall(iterationId),
    queryFn: () => get<RollCallNow>(spokenApi.rollCall(iterationId)),
    staleTime: fresh,
  })

const prefixes = [
  [/^(comment|handover)\./, spoken.comments],
  [/^impediment\./, spoken.impediments],
  // Who may open one depends on the iteration's state.
  [/^(roll_call|iteration)\./, spoken.rollCall],
] as const

/** What of it these events make stale. */
export const spokenKeys = (iterationId: string, events: readonly Pick<LiveEvent, 'type'>[]): (readonly string[])[] =>
  prefixes.filter(([prefix]) => events.some(({ type }) => prefix.test(type))).map(([, keyOf]) => keyOf(iterationId))
