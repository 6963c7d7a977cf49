import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type ForecastDocument, forecastQuery } from '../../api/forecast'
import { asProblem } from '../../api/problem'
import { scheduleQuery } from '../../api/schedule'
import type { Board, Iteration } from '../../api/types'
import { TermsButton } from '../../features/iteration-new/terms/TermsButton'
import { Planner } from '../../features/planner/Planner'
import { blackoutsOf } from '../../lib/blackouts'
import { conflictWords } from '../../lib/forecastWords'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { IterationHead } from '../iteration/IterationHead'
import { WithBoard } from '../iteration/WithBoard'
import classes from './planner-page.module.css'

/** What the forecast cannot keep; null while it is not known. */
function conflictsOf(forecast: ForecastDocument | null | undefined, now: number, zone: string): readonly string[] | null {
  if (!forecast) return null
  return forecast.problem === null ? forecast.conflicts.map((one) => conflictWords(one, now, zone)) : [forecast.problem.sentence]
}

function Content({ iteration }: { iteration: Iteration }) {
  const iterationId = iteration.id
  const { zone } = useZone()
  const minute = useNow(60_000)
  const schedule = useQuery(scheduleQuery(iterationId))
  const forecast = useQuery(forecastQuery(iterationId))
  const blackouts = useMemo(() => blackoutsOf(iteration.blackouts), [iteration.blackouts])
  if (schedule.data) {
    if (schedule.data.macroPhases.length === 0) return <EmptyState title="This iteration has no chapters">Its plan version holds none.</EmptyState>
    const over = iteration.endedAt !== null
    return (
      <Planner
        iterationId={iterationId} schedule={schedule.data} blackouts={blackouts} steps={over ? [] : conflictsOf(forecast.data, minute, zone)}
        terms={<TermsButton iteration={iteration} />}
      />
    )
  }
  if (schedule.isError) return <ErrorState problem={asProblem(schedule.error)} onRetry={() => void schedule.refetch()} />
  return <LoadingRows rows={18} label="Loading the schedule" />
}

function View({ board: { iteration } }: { board: Board }) {
  return (
    <div className={classes.page}>
      <IterationHead iteration={iteration} here="planner" />
      <Content key={iteration.id} iteration={iteration} />
    </div>
  )
}

/** /migrations/$key/iterations/$name/planner: when each chapter of one night is to run. */
export function PlannerPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/planner' })
  return <WithBoard migrationKey={key} name={name} loading="Loading the schedule">{(board) => <View board={board} />}</WithBoard>
}
