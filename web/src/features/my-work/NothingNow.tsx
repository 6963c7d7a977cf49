import { IconArrowRight, IconCoffee } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { IterationSummary, WorkItem } from '../../api/types'
import { paths } from '../../lib/paths'
import { dayClock, millis, near, zoneName } from '../../lib/time'
import { Card } from '../../ui/Card'
import { IterationMark } from '../../ui/IterationMark'
import { useNow } from '../../ui/useNow'
import { useZoneOf } from '../../ui/zone'
import type { Running } from './who'
import { untilWords, waitingWords } from './words'
import classes from './work.module.css'

function NextStep({ item }: { item: WorkItem }) {
  const now = useNow(5_000)
  const zone = useZoneOf(item.iteration.zone)
  const at = millis(item.step.plannedStart)
  const waiting = waitingWords(item.step, now, zone)
  return (
    <p>
      Next for you: <b className="num">{item.step.code}</b> {item.step.name}
      {at !== null && <>, planned {near(at, now, zone)} ({untilWords(at, now)})</>}. {waiting !== '' && `${waiting}. `}
      It moves up here by itself as soon as it can begin.
    </p>
  )
}

/** The next iteration that is scheduled, where no step of one that runs is waiting. */
export interface Upcoming {
  iteration: IterationSummary
  migrationName: string
  zone: string
}

function NextIteration({ iteration, migrationName, zone: own }: Upcoming) {
  const now = useNow(5_000)
  const zone = useZoneOf(own)
  const at = millis(iteration.plannedStart)
  return (
    <p>
      Next: {iteration.name} of {migrationName}
      {at !== null && <>, {dayClock(at, zone)} {zoneName(zone, at)} ({untilWords(at, now)})</>}.
    </p>
  )
}

/** The ways to the runsheets of what runs now. */
function RunningLinks({ running }: { running: readonly Running[] }) {
  return (
    <ul className={classes.running} aria-label="Running now">
      {running.map(({ iteration, migrationKey, migrationName }) => (
        <li key={iteration.id}>
          <IterationMark state={iteration.state} />
          <Link to={paths.runsheet(migrationKey, iteration.name)}>
            Runsheet of {iteration.name}, {migrationName} <IconArrowRight size={15} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  )
}

const mailed = 'When a step is activated for your team you get a mail, and the step stands here.'

interface Props {
  next: WorkItem | null
  upcoming: Upcoming | null
  running: readonly Running[]
  /** For who is no member of a team: why this list is not theirs. */
  why: string | null
}

/** Nothing to do now, said as good news: what runs, what comes next, and when. */
export function NothingNow({ next, upcoming, running, why }: Props) {
  return (
    <Card className={classes.nothing} role="status">
      <IconCoffee size={28} stroke={1.5} aria-hidden />
      <div>
        <h3>{why === null ? 'Nothing to do now' : 'No step here is yours to do'}</h3>
        {running.length > 0 && <RunningLinks running={running} />}
        {why !== null && <p>{why}</p>}
        {next && <NextStep item={next} />}
        {!next && why === null && running.length > 0 && <p>No step of your teams is open in what runs now. {mailed}</p>}
        {!next && upcoming && <NextIteration {...upcoming} />}
        {!next && why === null && running.length === 0 && <p>{upcoming ? mailed : `Nothing runs, and nothing is scheduled. ${mailed}`}</p>}
      </div>
    </Card>
  )
}
