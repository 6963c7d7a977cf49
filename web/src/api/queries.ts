/** What each screen reads, with its place in the cache. Boards and steps are kept fresh by events, not by age. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '../lib/paths'
import { spokenApi } from '../lib/spokenPaths'
import { noteServerTime } from '../lib/serverTime'
import { get } from './client'
import type {
  ActionTable, Board, DecisionList, EndCheck, Iteration, IterationRollup, List, Mail, Migration, MyWork, NowList, PersonHere, Plan, RightsTable, ServerClock, Session, StartCheck,
  StepDetail, Substitute, TeamHere, Token, User,
} from './types'

const always = Number.POSITIVE_INFINITY

export const cacheKeys = {
  session: ['session'] as const,
  board: (iterationId: string) => ['board', iterationId] as const,
  rollup: (iterationId: string) => ['rollup', iterationId] as const,
  now: (iterationId: string) => ['now', iterationId] as const,
  step: (iterationId: string, code: string) => ['step', iterationId, code] as const,
  decisions: (iterationId: string) => ['decisions', iterationId] as const,
  migrations: ['migrations'] as const,
  iteration: (iterationId: string) => ['iteration', iterationId] as const,
  plans: (migrationId: string) => ['plans', migrationId] as const,
  myWork: ['my-work'] as const,
  mails: ['mails'] as const,
  tokens: ['tokens'] as const,
  clock: ['clock'] as const,
  stepActions: ['step-actions'] as const,
  startCheck: (iterationId: string) => ['start-check', iterationId] as const,
  endCheck: (iterationId: string) => ['end-check', iterationId] as const,
  users: ['users'] as const,
  people: (migrationId: string) => ['people', migrationId] as const,
  teams: (migrationId: string) => ['teams', migrationId] as const,
  substitutes: (migrationId: string) => ['substitutes', migrationId] as const,
  rights: ['rights'] as const,
}

export const sessionQuery = queryOptions({
  queryKey: cacheKeys.session,
  queryFn: async () => {
    const session = await get<Session>(api.session())
    noteServerTime(session.now)
    return session
  },
  staleTime: always,
  retry: false,
})

export const stepActionsQuery = queryOptions({
  queryKey: cacheKeys.stepActions,
  queryFn: () => get<ActionTable>(api.stepActions()),
  staleTime: always,
  gcTime: always,
})

export const migrationsQuery = queryOptions({
  queryKey: cacheKeys.migrations,
  queryFn: async () => (await get<List<Migration>>(api.migrations())).items,
  staleTime: 10_000,
})

export const iterationQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.iteration(iterationId),
    queryFn: () => get<Iteration>(api.iteration(iterationId)),
    staleTime: 10_000,
  })

export const plansQuery = (migrationId: string) =>
  queryOptions({
    queryKey: cacheKeys.plans(migrationId),
    queryFn: async () => (await get<List<Plan>>(api.plans(migrationId))).items,
    staleTime: 10_000,
  })

export const boardQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.board(iterationId),
    queryFn: () => get<Board>(api.board(iterationId)),
    staleTime: always,
    // Rows keep their identity through events; a whole fetch is a whole new board.
    structuralSharing: false,
  })

/** Lateness grows without any event: both are looked at again now and then, and after each event. */
const lookAgain = 20_000

export const rollupQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.rollup(iterationId),
    queryFn: () => get<IterationRollup>(api.rollup(iterationId)),
    staleTime: 5_000,
    refetchInterval: lookAgain,
  })

export const nowQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.now(iterationId),
    queryFn: () => get<NowList>(api.now(iterationId)),
    staleTime: 5_000,
    refetchInterval: lookAgain,
  })

export const stepQuery = (iterationId: string, code: string) =>
  queryOptions({
    queryKey: cacheKeys.step(iterationId, code),
    queryFn: () => get<StepDetail>(api.step(iterationId, code)),
    staleTime: 5_000,
  })

/** Deadlines pass without any event: looked at again now and then, and after each event. */
export const decisionsQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.decisions(iterationId),
    queryFn: () => get<DecisionList>(api.decisions(iterationId)),
    staleTime: 5_000,
    refetchInterval: lookAgain,
  })

export const startCheckQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.startCheck(iterationId),
    queryFn: () => get<StartCheck>(api.startCheck(iterationId)),
    staleTime: 0,
    gcTime: 0,
  })

/** What completing would leave open; asked anew each time. */
export const endCheckQuery = (iterationId: string) =>
  queryOptions({
    queryKey: cacheKeys.endCheck(iterationId),
    queryFn: () => get<EndCheck>(spokenApi.endCheck(iterationId)),
    staleTime: 0,
    gcTime: 0,
  })

export const myWorkQuery = queryOptions({
  queryKey: cacheKeys.myWork,
  queryFn: async () => {
    const work = await get<MyWork>(api.myWork())
    noteServerTime(work.now)
    return work
  },
  staleTime: 5_000,
})

export const mailsQuery = queryOptions({
  queryKey: cacheKeys.mails,
  queryFn: async () => (await get<List<Mail>>(api.mails())).items,
  refetchInterval: 5_000,
})

export const tokensQuery = queryOptions({
  queryKey: cacheKeys.tokens,
  queryFn: async () => (await get<List<Token>>(api.tokens())).items,
})

/** Everybody, for admins; others are told that they may not. */
export const usersQuery = queryOptions({
  queryKey: cacheKeys.users,
  queryFn: async () => (await get<List<User>>(api.users())).items,
  staleTime: 5_000,
})

export const peopleQuery = (migrationId: string) =>
  queryOptions({
    queryKey: cacheKeys.people(migrationId),
    queryFn: async () => (await get<List<PersonHere>>(api.migrationPeople(migrationId))).items,
    staleTime: 5_000,
  })

export const teamsQuery = (migrationId: string) =>
  queryOptions({
    queryKey: cacheKeys.teams(migrationId),
    queryFn: async () => (await get<List<TeamHere>>(api.teams(migrationId))).items,
    staleTime: 5_000,
  })

export const substitutesQuery = (migrationId: string) =>
  queryOptions({
    queryKey: cacheKeys.substitutes(migrationId),
    queryFn: async () => (await get<List<Substitute>>(api.substitutes(migrationId))).items,
    staleTime: 5_000,
  })

/** What each role may; the same until the next version of the server. */
export const rightsQuery = queryOptions({
  queryKey: cacheKeys.rights,
  queryFn: () => get<RightsTable>(api.rights()),
  staleTime: always,
})

export const clockQuery = queryOptions({
  queryKey: cacheKeys.clock,
  queryFn: async () => {
    const clock = await get<ServerClock>(api.clock())
    noteServerTime(clock.now)
    return clock
  },
  staleTime: 30_000,
})

export { rollCallQuery } from './spoken'
