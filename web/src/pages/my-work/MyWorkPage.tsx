import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { migrationsQuery, myWorkQuery, sessionQuery } from '../../api/queries'
import type { Migration, MyWork, WorkItem } from '../../api/types'
import { DecisionAsk } from '../../features/my-work/DecisionAsk'
import { GateCard } from '../../features/my-work/GateCard'
import { NothingNow } from '../../features/my-work/NothingNow'
import { closeNotice, useNotices } from '../../features/my-work/notices'
import { upcomingOf } from '../../features/my-work/upcoming'
import { WatchHead } from '../../features/my-work/WatchHead'
import { otherThanMember, runningOf } from '../../features/my-work/who'
import { comesNext, decidable, dueWords, gatesFirst } from '../../features/my-work/words'
import { ComingCard, WorkCard } from '../../features/my-work/WorkCard'
import { paths } from '../../lib/paths'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { ErrorState, LoadingRows } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import { onlyZone, useMigrationZone } from '../../ui/zone'
import { RollCalls } from './RollCalls'
import classes from './my-work.module.css'

interface GroupProps {
  title: string
  items: readonly WorkItem[]
  /** Beside the title: when the first of them is due. */
  when?: string
  none: ReactNode
  children: (item: WorkItem) => ReactNode
}

function Group({ title, items, when = '', none, children }: GroupProps) {
  return (
    <section className={classes.group} aria-label={title}>
      <h2>{title} <span className="num">{items.length}{when !== '' && ` · ${when}`}</span></h2>
      {items.length === 0 ? none : <div className={classes.cards}>{items.map(children)}</div>}
    </section>
  )
}

/** Refusals of steps that are on screen no more: somebody else has finished them meanwhile. */
function GoneNotices({ shown }: { shown: ReadonlySet<string> }) {
  const gone = useNotices().filter(({ stepId }) => !shown.has(stepId))
  if (gone.length === 0) return null
  return (
    <div className={classes.notices}>
      {gone.map(({ stepId, code, problem }) => (
        <ProblemNotice key={stepId} title={`${code}: ${problem.title}`} problem={problem} onClose={() => closeNotice(stepId)} />
      ))}
    </div>
  )
}

const all = ({ groups }: MyWork): WorkItem[] => [...groups.doNow, ...groups.next, ...groups.later]

/** The iterations of all that is listed. */
const iterationsOf = (work: MyWork): WorkItem['iteration'][] => [...work.decisions, ...all(work)].map(({ iteration }) => iteration)

/** Polls and second signatures that wait for me; nothing at all while none does. */
function Asked({ work, keys }: { work: MyWork; keys: ReadonlyMap<string, string> }) {
  if (work.decisions.length === 0) return null
  return (
    <section className={`${classes.group} ${classes.asked}`} aria-label="Asked of you">
      <h2>Asked of you <span className="num">{work.decisions.length}</span></h2>
      <div className={classes.cards}>
        {work.decisions.map((item) => (
          <DecisionAsk key={item.decision.id} item={item} href={paths.decisions(keys.get(item.iteration.migrationId) ?? item.iteration.migrationId, item.iteration.name)} />
        ))}
      </div>
    </section>
  )
}

const quiet = (text: string) => <p className={classes.none}>{text}</p>

/** What there is when nothing is to be done now; roles are not known before the migrations are. */
function Nothing({ work, migrations }: { work: MyWork; migrations: readonly Migration[] | undefined }) {
  const isAdmin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  if (migrations === undefined) return <LoadingRows rows={3} label="Loading what runs" />
  const next = comesNext(work.groups)
  return (
    <NothingNow
      next={next} upcoming={upcomingOf(migrations)} running={runningOf(migrations)}
      why={next ? null : otherThanMember(migrations, isAdmin)}
    />
  )
}

function Groups({ work, migrations }: { work: MyWork; migrations: readonly Migration[] | undefined }) {
  const { next, later } = work.groups
  const now = useNow(30_000)
  const doNow = gatesFirst(work.groups.doNow)
  const whyOff = useWhyOffline()
  const notices = useNotices()
  const keys = useMemo(() => new Map(migrations?.map(({ id, key }) => [id, key])), [migrations])
  const shown = useMemo(() => new Set(work.groups.doNow.map(({ step }) => step.id)), [work])
  const props = (item: WorkItem) => ({
    item,
    whyOff,
    href: paths.runsheet(keys.get(item.iteration.migrationId) ?? item.iteration.migrationId, item.iteration.name, { step: item.step.code }),
  })
  const nothing = <Nothing work={work} migrations={migrations} />
  // Who has no step at all is shown no empty columns of steps.
  if (all(work).length === 0) return <><GoneNotices shown={shown} /><Asked work={work} keys={keys} />{nothing}</>
  return (
    <>
      <GoneNotices shown={shown} />
      <Asked work={work} keys={keys} />
      <div className={classes.columns}>
        <Group title="Do now" items={doNow} none={nothing}>
          {(item) => {
            const Made = decidable(item) ? GateCard : WorkCard
            return <Made key={item.step.id} {...props(item)} notice={notices.find(({ stepId }) => stepId === item.step.id)} />
          }}
        </Group>
        <div className={classes.side}>
          <Group title="Next" items={next} when={dueWords(next, now)} none={quiet('Nothing: no step of yours waits for work that is running.')}>
            {(item) => <ComingCard key={item.step.id} {...props(item)} />}
          </Group>
          <Group title="Later" items={later} when={dueWords(later, now)} none={quiet('Nothing further.')}>
            {(item) => <ComingCard key={item.step.id} {...props(item)} />}
          </Group>
        </div>
      </div>
    </>
  )
}

/** Which migration an iteration of the list belongs to. */
const migrationOf = (work: MyWork, iterationId: string): string | undefined =>
  iterationsOf(work).find(({ id }) => id === iterationId)?.migrationId

/** Events keep the list fresh. Iterations that it holds nothing of send none: for those one looks now and then. */
const lookAgain = 10_000

/** What my teams have to do: now, next, later. Made for a phone in one hand. */
export function MyWorkPage() {
  const work = useQuery({ ...myWorkQuery, refetchInterval: lookAgain })
  const migrations = useQuery(migrationsQuery)
  useMigrationZone(work.data && onlyZone(iterationsOf(work.data)))
  return (
    <div className={classes.page}>
      <h1>My work</h1>
      {work.data?.heads.map(({ iterationId, seq }) => (
        <WatchHead key={iterationId} iterationId={iterationId} seq={seq} migrationId={migrationOf(work.data, iterationId)} />
      ))}
      {migrations.data && <RollCalls migrations={migrations.data} />}
      {work.data && <Groups work={work.data} migrations={migrations.data} />}
      {work.isPending && <LoadingRows rows={8} label="Loading your work" />}
      {work.isError && !work.data && <ErrorState problem={asProblem(work.error)} onRetry={() => void work.refetch()} />}
    </div>
  )
}
