import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { forecastQuery } from '../../api/forecast'
import { boardQuery } from '../../api/queries'
import type { StepRow } from '../../api/types'
import { millis, near, span } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'

/** The point of no return that has begun; the first, where there are several. */
export const noReturnOf = (steps: readonly StepRow[]): { code: string; at: number } | null =>
  steps
    .flatMap(({ pointOfNoReturn, inScope, dormant, code, startedAt }) => {
      const at = millis(startedAt)
      return pointOfNoReturn && inScope && !dormant && at !== null ? [{ code, at }] : []
    })
    .sort((a, b) => a.at - b.at)[0] ?? null

function Warning({ children }: { children: React.ReactNode }) {
  return <Text size="sm" c="var(--t-red)" fw={600} role="alert" className="num"><IconAlertTriangle size={16} style={{ verticalAlign: -3 }} aria-hidden /> {children}</Text>
}

/** What whoever turns back has to know first: that it was said to be too late for it, and when the way back would end. */
export function BackOutWarning({ iterationId }: { iterationId: string }) {
  const now = useNow(10_000)
  const { zone } = useZone()
  const steps = useQuery(boardQuery(iterationId)).data?.steps
  const gauge = useQuery(forecastQuery(iterationId)).data?.gauge
  const gone = steps === undefined ? null : noReturnOf(steps)
  const [end, window] = [millis(gauge?.backoutNow), millis(gauge?.windowEnd)]
  return (
    <>
      {gone !== null && (
        <Warning>
          {gone.code}, the point of no return, began at {near(gone.at, now, zone)}. The plan knows no way back from there: its rollback steps may not restore what was, and how long turning back takes is not known.
        </Warning>
      )}
      {gone === null && end !== null && window !== null && end > window && (
        <Warning>The way back would end {near(end, now, zone)} (in 95 of 100 cases), {span(Math.max(60, Math.ceil((end - window) / 60_000) * 60))} past the window’s end; what still runs may take longer.</Warning>
      )}
      {gone === null && end !== null && (window === null || end <= window) && (
        <Text size="sm" className="num">The way back would end {near(end, now, zone)} (in 95 of 100 cases){window === null ? '' : ', inside the window'}; what still runs may take longer.</Text>
      )}
    </>
  )
}
