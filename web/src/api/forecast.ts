/** The forecast of one iteration, as the API answers it, and where it stands in the cache. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '../lib/paths'
import { get } from './client'
import { asProblem } from './problem'
import type { ForecastDocument, ForecastStep } from './types'

export type { ForecastDocument, ForecastGroup, ForecastStep, Gauge, Uncertainty } from './types'

export const forecastKey = (iterationId: string) => ['forecast', iterationId] as const

/** Without a push it is looked at as often as it is made while nothing happens. */
const lookAgain = 60_000

async function forecastOf(iterationId: string): Promise<ForecastDocument | null> {
  try {
    return await get<ForecastDocument>(api.forecast(iterationId))
  } catch (error) {
    // Not made yet: that is an answer, and no error.
    if (asProblem(error).status === 404) return null
    throw error
  }
}

/** The newest forecast; null while none was made. Steps that did not change keep their identity, so that no row is drawn again. */
export const forecastQuery = (iterationId: string) =>
  queryOptions({ queryKey: forecastKey(iterationId), queryFn: () => forecastOf(iterationId), staleTime: 5_000, refetchInterval: lookAgain })

export type ForecastIndex = ReadonlyMap<string, ForecastStep>

/** While none was made: nothing is late or critical by it. */
export const noForecast: ForecastIndex = new Map()
const indexes = new WeakMap<readonly ForecastStep[], ForecastIndex>()

/** A forecast's steps by their codes; empty without one. Made once for each document. */
export function forecastIndex(forecast: Pick<ForecastDocument, 'steps'> | null | undefined): ForecastIndex {
  if (!forecast) return noForecast
  const known = indexes.get(forecast.steps) ?? new Map(forecast.steps.map((step) => [step.code, step]))
  indexes.set(forecast.steps, known)
  return known
}
