import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ForecastDocument } from '../../api/forecast'
import { clocksOf } from '../../features/command-centre/clocks'
import { FinishLine } from '../../features/command-centre/FinishLine'
import type { Board, Iteration } from '../../api/types'
import { TermsButton } from '../../features/iteration-new/terms/TermsButton'
import { CommsPill } from '../../features/runbook/CommsPill'
import { HoldBanner } from '../../features/runbook/HoldBanner'
import { IterationButtons } from '../../features/runbook/IterationButtons'
import { IterationTabs } from '../../features/runbook/IterationTabs'
import { paths } from '../../lib/paths'
import { clockSeconds, day, zoneName } from '../../lib/time'
import { IterationMark } from '../../ui/IterationMark'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './command-centre.module.css'

function Clocks({ iteration }: { iteration: Iteration }) {
  const now = useNow()
  const { zone } = useZone()
  const clocks = clocksOf(iteration, now)
  if (clocks === null) return null
  return (
    <span className={`${classes.clocks} num`}>
      <b className={classes.t} role="timer" aria-label={clocks.from}>{clocks.t}</b>
      <span className={classes.wall}>{clockSeconds(now, zone)} {zoneName(zone, now)} · {day(now, zone)}</span>
      {clocks.rest.map(({ text, late }) => <span key={text.split(' ')[0]} data-late={late || undefined}>{text}</span>)}
    </span>
  )
}

/** Which night this is, how it stands, its clocks, when it will end, and Hold. */
export function CommandHeader({ board, forecast, whatIf }: { board: Board; forecast: ForecastDocument | null | undefined; whatIf: ReactNode }) {
  const { iteration } = board
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <Link to={paths.migration(iteration.migration.key)} className={classes.crumb ?? ''}>{iteration.migration.name}</Link>
        <h1>{iteration.name}</h1>
        <IterationMark state={iteration.state} />
        <CommsPill comms={iteration.comms} />
        <Clocks iteration={iteration} />
        <span className={classes.space} />
        <div className={classes.big}><IterationButtons iteration={iteration} more={<>{whatIf}<TermsButton iteration={iteration} /></>} /></div>
      </div>
      <FinishLine forecast={forecast} boardSeq={board.seq} />
      <IterationTabs iteration={iteration} here="command" />
      <HoldBanner iteration={iteration} />
    </header>
  )
}
