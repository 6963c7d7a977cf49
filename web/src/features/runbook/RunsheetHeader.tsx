import { Text } from '@mantine/core'
import { IconServer2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { type ForecastIndex, forecastQuery } from '../../api/forecast'
import { rollupQuery } from '../../api/queries'
import type { Board, Iteration } from '../../api/types'
import { figure } from '../../lib/figure'
import { paths, type RunsheetSearch } from '../../lib/paths'
import { kindWord } from '../../lib/states'
import { dayClock, delay, millis, tClock } from '../../lib/time'
import { IterationMark } from '../../ui/IterationMark'
import { percentText } from '../../ui/ProgressFigure'
import { RagMark } from '../../ui/RagMark'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { CommsPill } from './CommsPill'
import { plannedPercent } from './groups'
import { HoldBanner } from './HoldBanner'
import { IterationButtons } from './IterationButtons'
import { IterationSwitch } from './IterationSwitch'
import { IterationTabs } from './IterationTabs'
import { openLateness } from './late'
import { WindowBar } from './WindowBar'
import classes from './header.module.css'

/** T± against the real start once there is one, else against the planned one. */
function TClock({ iteration }: { iteration: Iteration }) {
  const now = useNow()
  const ended = millis(iteration.endedAt)
  const zero = millis(iteration.startedAt) ?? millis(iteration.plannedStart)
  if (zero === null) return null
  return (
    <span className={`${classes.t} num`} aria-label={iteration.startedAt === null ? 'Time to the planned start' : 'Time since the start'} role="timer">
      {tClock(ended ?? now, zero)}
    </span>
  )
}

/** How the night stands at one word, with its reason; nothing while it is not known. */
function Rag({ iterationId }: { iterationId: string }) {
  const rag = useQuery(rollupQuery(iterationId)).data?.iteration.rag
  if (rag === undefined) return null
  return (
    <span className={classes.rag} data-testid="rag" data-color={rag.color} title={rag.reason}>
      <RagMark color={rag.color} /><span className={classes.reason}>{rag.reason}</span>
    </span>
  )
}

function LateText({ board, now, forecast }: { board: Board; now: number; forecast: ForecastIndex }) {
  const late = useMemo(() => openLateness(board, now, forecast), [board, now, forecast])
  const ended = late?.ended ?? 0
  return (
    <span className="num" data-testid="late">
      {late === null || late.count === 0 ? <span className="dim">nothing open is late</span> : (
        <span className={classes.late} title="Open steps behind their planned time, and the worst of them">{late.count} open late, worst {delay(late.seconds)} {late.code}</span>
      )}
      {ended > 0 && <span className="dim" title="Steps that are over, and ended later than planned; the filter Late lists them too"> · {ended} ended late</span>}
    </span>
  )
}

function FinishText({ iteration }: { iteration: Iteration }) {
  const { zone } = useZone()
  const [ended, planned] = [millis(iteration.endedAt), millis(iteration.plannedEnd)]
  if (ended === null) return null
  if (iteration.state === 'backed_out') return <span className="num dim">backed out {dayClock(ended, zone)}</span>
  const against = planned === null ? '' : `, ${delay(Math.round((ended - planned) / 1000))} against plan`
  return <span className="num dim">finished {dayClock(ended, zone)}{against}</span>
}

function Figures({ board, forecast }: { board: Board; forecast: ForecastIndex }) {
  const minute = useNow(30_000)
  const { progress, outOfScopeCount } = board.iteration
  const started = board.iteration.startedAt !== null
  const planned = useMemo(() => (started ? plannedPercent(board, minute) : null), [board, minute, started])
  const ended = board.iteration.endedAt !== null
  // The plan was the way forward's: turned back, nothing is early or late against it.
  const turned = board.iteration.state === 'backing_out' || board.iteration.state === 'backed_out'
  const dormant = useMemo(() => board.steps.filter((row) => row.dormant && row.inScope).length, [board.steps])
  return (
    <div className={classes.figures}>
      <span className={`${classes.percent} num`} data-testid="percent">{percentText(progress.percent)}</span>
      <span className="num" data-testid="done-total">{figure(progress.done)} of {figure(progress.total)} steps</span>
      {dormant > 0 && <span className="dim num" title="Steps of rollback chapters sleep and do not count">{figure(dormant)} dormant</span>}
      {outOfScopeCount > 0 && (
        <span className="dim num" title="Steps that are not part of this iteration do not count and pass by themselves" data-testid="out-of-scope">{figure(outOfScopeCount)} out of scope</span>
      )}
      {planned !== null && !ended && !turned && <span className="dim num">plan by now {percentText(planned)}</span>}
      {turned && !ended && <span className="dim">on the way back: not measured against the plan</span>}
      {started && !ended && !turned && <LateText board={board} now={minute} forecast={forecast} />}
      <FinishText iteration={board.iteration} />
    </div>
  )
}

/** Which place each role of the plan is, this time: TARGET → PROD-EU. */
function Environments({ iteration }: { iteration: Iteration }) {
  const { environments } = iteration
  if (environments.length === 0) return null
  const words = environments.map((one) => `${one.roleName} (${one.role}): ${one.environmentName} (${one.environment})`).join('\n')
  return (
    <span className={`${classes.environments} num`} title={words} data-testid="environments">
      <IconServer2 size={14} aria-hidden />
      {environments.map(({ role, environment }) => <span key={role}>{role} <span aria-label="is">→</span> <b>{environment}</b></span>)}
    </span>
  )
}

/** Without P50 to P95: the command centre has them, and here the rows begin. */
function Window({ iteration }: { iteration: Iteration }) {
  const forecast = useQuery(forecastQuery(iteration.id))
  return <WindowBar iteration={iteration} forecast={forecast.data} brief />
}

/** What the whole night looks like, at one glance. `search`: what another iteration is to be looked at with. `more`: buttons. */
export function RunsheetHeader({ board, forecast, search, more }: { board: Board; forecast: ForecastIndex; search: RunsheetSearch; more?: ReactNode }) {
  const { iteration } = board
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <Link to={paths.migration(iteration.migration.key)} className={classes.crumb ?? ''}>{iteration.migration.name}</Link>
        <h1 className={classes.h1}><IterationSwitch iteration={iteration} search={search} /></h1>
        <Text span size="xs" c="dimmed" className={classes.plan ?? ''}>
          {kindWord[iteration.kind]} · {iteration.planName} v{iteration.planVersion}
        </Text>
        <Environments iteration={iteration} />
        <IterationMark state={iteration.state} />
        <CommsPill comms={iteration.comms} />
        <TClock iteration={iteration} />
        <div className={classes.space}><Rag iterationId={iteration.id} /></div>
        <IterationButtons iteration={iteration} more={more} />
      </div>
      <div className={classes.tabs}><IterationTabs iteration={iteration} here="runsheet" /></div>
      <Figures board={board} forecast={forecast} />
      <Window iteration={iteration} />
      <HoldBanner iteration={iteration} />
    </header>
  )
}
