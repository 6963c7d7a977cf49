import { IconCoffee } from '@tabler/icons-react'
import type { IterationSummary, WorkItem } from '../../api/types'
import { dayClock, millis, near, zoneName } from '../../lib/time'
import { Card } from '../../ui/Card'
import { useNow } from '../../ui/useNow'
import { useZoneOf } from '../../ui/zone'
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
      When a step is activated for your team you get a mail, and the step stands here.
    </p>
  )
}

/** Nothing to do now, said as good news: what comes next, and when. */
export function NothingNow({ next, upcoming }: { next: WorkItem | null; upcoming: Upcoming | null }) {
  return (
    <Card className={classes.nothing} role="status">
      <IconCoffee size={28} stroke={1.5} aria-hidden />
      <div>
        <h3>Nothing to do now</h3>
        {next && <NextStep item={next} />}
        {!next && upcoming && <NextIteration {...upcoming} />}
        {!next && !upcoming && <p>No step of your teams is open, and nothing is scheduled. When a step is activated for your team you get a mail, and the step stands here.</p>}
      </div>
    </Card>
  )
}
