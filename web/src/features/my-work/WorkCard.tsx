import { IconChevronDown, IconClock, IconExternalLink, IconHourglassHigh } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import type { WorkItem } from '../../api/types'
import { Card } from '../../ui/Card'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { StateMark } from '../../ui/StateMark'
import { useNow } from '../../ui/useNow'
import { useZoneOf } from '../../ui/zone'
import { closeNotice, type WorkNotice } from './notices'
import { Before } from './Before'
import { TaskTicks } from './TaskTicks'
import { WorkButtons } from './WorkButtons'
import { doneHint, plannedWords, stuckWords, takenWords, waitingWords, whenWords } from './words'
import classes from './work.module.css'

/** A link like any other (new tab, copy), that goes there without loading the page anew. */
function StepLink({ code, href }: { code: string; href: string }) {
  const navigate = useNavigate()
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void navigate({ href })
  }
  return (
    <a href={href} className={`num ${classes.code}`} title="Open it in the runsheet" onClick={go}>
      {code} <IconExternalLink size={13} aria-hidden />
    </a>
  )
}

export function Head({ item, href, brief }: { item: WorkItem; href: string; brief: boolean }) {
  const { step, iteration } = item
  return (
    <header>
      <div className={classes.line}>
        <StepLink code={step.code} href={href} />
        <StateMark state={step.state} />
      </div>
      <h3 className={brief ? classes.briefName : classes.name}>{step.name}</h3>
      <p className={classes.where}>
        {[item.teamName, iteration.migrationName, iteration.name].filter((part) => part !== '').join(' · ')}
      </p>
    </header>
  )
}

export function Times({ item, zone }: { item: WorkItem; zone: string }) {
  const now = useNow(5_000)
  const when = whenWords(item.step, now, zone)
  const waiting = waitingWords(item.step, now, zone)
  return (
    <div className={classes.times}>
      <p className={classes.time} data-late={when.late || undefined}>
        <IconClock size={15} aria-hidden /> <span className="num">{when.text}</span>
      </p>
      {waiting !== '' && (
        <p className={classes.time}><IconHourglassHigh size={15} aria-hidden /> <span className="num">{waiting}</span></p>
      )}
    </div>
  )
}

function Fold({ title, children, open = false }: { title: string; children: ReactNode; open?: boolean }) {
  return (
    <details className={classes.fold} open={open}>
      <summary>{title} <IconChevronDown size={16} aria-hidden /></summary>
      {children}
    </details>
  )
}

export function Instructions({ item, open, zone }: { item: WorkItem; open: boolean; zone: string }) {
  return (
    <Fold title="Instructions" open={open}>
      <p className={classes.how}>{item.instructions.trim() === '' ? 'No instructions were written for this step.' : item.instructions}</p>
      <p className={classes.plan}>{plannedWords(item.step, zone)}</p>
    </Fold>
  )
}

const Hint = ({ text }: { text: string }) => (text === '' ? null : <p className={classes.hint}>{text}</p>)

export interface CardProps {
  item: WorkItem
  /** The step in the runsheet. */
  href: string
  whyOff: string | null
  notice?: WorkNotice | undefined
}

/** A step that is mine to do now: what, how, its tasks, and the buttons. */
export function WorkCard({ item, href, whyOff, notice }: CardProps) {
  const zone = useZoneOf(item.iteration.zone)
  return (
    <Card className={classes.card} data-step={item.step.code} data-now>
      <Head item={item} href={href} brief={false} />
      <Times item={item} zone={zone} />
      {notice && <ProblemNotice title={`${item.step.code}: ${notice.problem.title}`} problem={notice.problem} onClose={() => closeNotice(item.step.id)} />}
      <Instructions item={item} zone={zone} open={item.instructions.length > 0 && item.instructions.length < 240} />
      <TaskTicks item={item} off={whyOff !== null} zone={zone} />
      <Before item={item} />
      <Hint text={takenWords(item)} />
      <Hint text={stuckWords(item)} />
      <Hint text={doneHint(item)} />
      <WorkButtons item={item} whyOff={whyOff} />
    </Card>
  )
}

/** A step that is mine but not yet to be done: short, with its instructions to read ahead. */
export function ComingCard({ item, href, whyOff }: CardProps) {
  const zone = useZoneOf(item.iteration.zone)
  return (
    <Card className={classes.card} data-step={item.step.code}>
      <Head item={item} href={href} brief />
      <Times item={item} zone={zone} />
      <Before item={item} />
      <Fold title={item.tasks.length === 0 ? 'Read ahead' : `Read ahead · ${item.tasks.length} ${item.tasks.length === 1 ? 'task' : 'tasks'}`}>
        <p className={classes.how}>{item.instructions.trim() === '' ? 'No instructions were written for this step.' : item.instructions}</p>
        <p className={classes.plan}>{plannedWords(item.step, zone)}</p>
        <TaskTicks item={item} off={whyOff !== null} zone={zone} />
      </Fold>
    </Card>
  )
}
