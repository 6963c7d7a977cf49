import { Link } from '@tanstack/react-router'
import { Progress } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { IterationSummary } from '../../api/types'
import { figure } from '../../lib/figure'
import { paths } from '../../lib/paths'
import { commsWord, kindWord, stepStates, stepStateWord } from '../../lib/states'
import { IterationMark } from '../../ui/IterationMark'
import { percentText } from '../../ui/ProgressFigure'
import { stateColor } from '../../ui/StateMark'
import { useNow } from '../../ui/useNow'
import { useZoneOf } from '../../ui/zone'
import { iterationClock, stageOf, windowText } from './order'
import classes from './migrations.module.css'

function Clock({ iteration, zone }: { iteration: IterationSummary; zone: string }) {
  const now = useNow()
  const { big, small, late } = iterationClock(iteration, now, zone)
  return (
    <div className={classes.clock}>
      <b className="num" data-late={late || undefined}>{big}</b>
      <small className="num dim">{small}</small>
    </div>
  )
}

/** Counts that say something just now; what is complete stands in the bar, what waits is the rest. */
const telling = stepStates.filter((state) => !['not_ready', 'complete'].includes(state))

function Counts({ iteration }: { iteration: IterationSummary }) {
  const counts = iteration.progress.counts
  const shown = telling.filter((state) => (counts[state] ?? 0) > 0)
  if (stageOf(iteration) !== 'running' || shown.length === 0) return null
  return (
    <span className={classes.counts}>
      {shown.map((state) => (
        <span key={state} style={{ color: stateColor(state) }}>
          <b className="num">{counts[state]}</b> {stepStateWord[state].toLowerCase()}
        </span>
      ))}
    </span>
  )
}

/** Why a plan may have more steps than what is made from it. */
const counted = 'Dormant steps of rollback chapters and steps out of scope are not counted'

function Done({ iteration }: { iteration: IterationSummary }) {
  const { percent, done, total } = iteration.progress
  if (stageOf(iteration) === 'coming' || stageOf(iteration) === 'being made') {
    return <div className={classes.done} title={counted}><span className="num dim">{figure(total)} {total === 1 ? 'step' : 'steps'}</span></div>
  }
  return (
    <div className={classes.done}>
      <div className={classes.figures}>
        <b className="num">{percentText(percent)}</b>
        <span className="num dim" title={counted}>{figure(done)} of {figure(total)} steps</span>
      </div>
      <Progress value={percent ?? 0} size={6} radius="xl" aria-label={`Progress of ${iteration.name}`} color={iteration.state === 'on_hold' ? 'gray' : 'blue'} />
      <Counts iteration={iteration} />
    </div>
  )
}

interface Props {
  migrationKey: string
  zone: string
  iteration: IterationSummary
  /** Buttons beside the link to the runsheet. */
  actions?: ReactNode
}

/** One iteration: what it is, how it stands, its clock, how far it is, its window, the way to its runsheet. */
export function IterationRow({ migrationKey, zone: own, iteration, actions }: Props) {
  const zone = useZoneOf(own)
  const to = paths.runsheet(migrationKey, iteration.name)
  return (
    <li className={classes.iteration} data-iteration={iteration.name} data-stage={stageOf(iteration)}>
      <div className={classes.what}>
        <Link to={to} className={classes.iterationName ?? ''}>{iteration.name}</Link>
        <small className="dim">{kindWord[iteration.kind]}</small>
      </div>
      <div className={classes.state}>
        <IterationMark state={iteration.state} />
        {iteration.comms && <small className="dim">{commsWord[iteration.comms]}</small>}
      </div>
      <Clock iteration={iteration} zone={zone} />
      <Done iteration={iteration} />
      <div className={classes.window}>
        <small className="dim">{iteration.windowEnd === null ? 'Planned' : 'Window'}</small>
        <span className="num">{windowText(iteration, zone)}</span>
      </div>
      <div className={classes.go}>
        {actions}
        <Link to={to} className={classes.open ?? ''} aria-label={`Open the runsheet of ${iteration.name}`}>
          Runsheet <IconArrowRight size={15} aria-hidden />
        </Link>
      </div>
    </li>
  )
}
