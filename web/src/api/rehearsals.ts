/** A plan's iterations side by side, and what the plan could learn of them, as the page asks for it. */
import { queryOptions } from '@tanstack/react-query'
import { rehearsalsApi } from '../lib/rehearsalPaths'
import { get } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type Rehearsals = Schemas['Rehearsals']
export type RehearsalIteration = Schemas['RehearsalIteration']
export type RehearsalStep = Schemas['RehearsalStep']
export type RehearsalCell = Schemas['RehearsalCell']
export type Insight = Schemas['Insight']
export type InsightAnswer = Schemas['InsightAnswer']
export type InsightAccepted = Schemas['InsightAccepted']

export const rehearsalsKey = (planId: string) => ['rehearsals', planId] as const

/** Iterations that are over change no more; what is answered, and what runs, does. */
export const rehearsalsQuery = (planId: string) =>
  queryOptions({
    queryKey: rehearsalsKey(planId),
    queryFn: () => get<Rehearsals>(rehearsalsApi.plan(planId)),
    staleTime: 5_000,
    refetchInterval: 60_000,
  })
