import { IconInfoCircle } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ForecastDocument } from '../../api/forecast'
import { asProblem } from '../../api/problem'
import { conflictWords } from '../../lib/forecastWords'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './forecast-notice.module.css'

/** Why there is no forecast, or no whole one, and what in it cannot be; null where there is nothing to say. */
function wordsOf({ data, isPending, isError, error }: UseQueryResult<ForecastDocument | null>, now: number, zone: string): string | null {
  if (isPending) return 'Reading the forecast. Planned and actual times are shown already.'
  if (data === null || data === undefined) {
    return isError
      ? `The forecast could not be read: ${asProblem(error).detail} Planned and actual times are shown; it is asked for again each minute.`
      : 'The forecast is being reckoned. Until it is there, planned and actual times are shown, and no critical path.'
  }
  if (data.problem !== null) return `There is no forecast: ${data.problem.sentence}`
  const [first, ...others] = data.conflicts
  if (first === undefined) return null
  const words = conflictWords(first, now, zone)
  return others.length === 0 ? words : `${words} And ${others.length} more ${others.length === 1 ? 'conflict' : 'conflicts'}; the command centre lists them.`
}

/** One line above a view that draws the forecast, while it cannot. */
export function ForecastNotice({ forecast }: { forecast: UseQueryResult<ForecastDocument | null> }) {
  const { zone } = useZone()
  const words = wordsOf(forecast, useNow(60_000), zone)
  if (words === null) return null
  return <p className={classes.notice} role="status" data-testid="forecast-notice"><IconInfoCircle size={15} aria-hidden /> {words}</p>
}
