/** What My work says in words. Pure: now is an argument, in milliseconds. */
import type { MyWork, StepRow, Task, WorkItem } from '../../api/types'
import { millis, near, range, span, zoneName } from '../../lib/time'

const minute = 60_000
const wholeMinutes = (ms: number): number => Math.floor(Math.abs(ms) / minute) * 60

/** in 12 min, now, 8 min late: how a planned time lies to now. */
export function untilWords(at: number, now: number): string {
  if (Math.abs(at - now) < minute) return 'now'
  return at > now ? `in ${span(wholeMinutes(at - now))}` : `${span(wholeMinutes(at - now))} late`
}

export interface When {
  text: string
  late: boolean
}

/** The one time that matters for a step as it is: since when it runs, how late it is, when it is due. */
export function whenWords(step: StepRow, now: number, zone: string): When {
  const start = millis(step.plannedStart)
  const end = millis(step.plannedEnd)
  const started = millis(step.startedAt)
  if (started !== null && (step.state === 'in_progress' || step.state === 'verifying')) {
    const late = end !== null && now > end + minute
    const due = end === null ? '' : late ? ` · ${untilWords(end, now)}` : ` · due ${near(end, now, zone)}`
    return { text: `running ${span(Math.max(0, wholeMinutes(now - started)))}${due}`, late }
  }
  if (start === null) return { text: 'no planned time', late: false }
  const late = now > start + minute
  return { text: `planned ${near(start, now, zone)} · ${untilWords(start, now)}`, late }
}

/** Planned 02:10–02:40 CET · takes 30 min */
export function plannedWords(step: StepRow, zone: string): string {
  const start = millis(step.plannedStart)
  if (start === null) return 'No planned time'
  return `Planned ${range(start, millis(step.plannedEnd), zone)} ${zoneName(zone, start)} · takes ${span(step.durationSeconds)}`
}

/** Why a step of mine can't begin yet, or when it should go on, in one line; '' when there is nothing to wait for. */
export function waitingWords(step: StepRow, now: number, zone: string): string {
  const goesOn = step.state === 'blocked' ? millis(step.expectedAt) : null
  if (goesOn !== null) return `Should go on ${near(goesOn, now, zone)} · ${untilWords(goesOn, now)}`
  if (step.state !== 'not_ready') return ''
  const held = step.blockedBy.map(({ code, sentence }) => code ?? sentence ?? '')
  if (held.length > 0) return `Waits for ${listed(held)}`
  const opens = millis(step.opensAt)
  return opens !== null ? `Opens ${near(opens, now, zone)} · ${untilWords(opens, now)}` : ''
}

function listed(codes: readonly string[]): string {
  const [first = '', second, ...more] = codes
  if (second === undefined) return first
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`
}

const openRequired = (tasks: readonly Task[]): number => tasks.filter((task) => task.required && task.state !== 'done' && task.state !== 'not_applicable').length

/** What pressing Done will lead to while tasks are open; '' when it completes the step. */
export function doneHint(item: WorkItem): string {
  const open = openRequired(item.tasks)
  if (open === 0) return ''
  const tasks = open === 1 ? 'One required task is' : `${open} required tasks are`
  if (item.step.state === 'verifying') return `${tasks} open: the step completes by itself when ${open === 1 ? 'it is' : 'they are'} ticked.`
  return item.step.allowedActions.includes('complete')
    ? `${tasks} open. After Done the step stays in verifying until ${open === 1 ? 'it is' : 'they are'} ticked.`
    : ''
}

/** Who said *I have it*; '' where nobody has, or it has gone on since. */
export const takenWords = ({ step }: WorkItem): string =>
  step.state === 'activated' && step.takenAt !== null ? `${step.takenBy ?? 'Your team'} has it. Start when the work begins.` : ''

/** Why a step that is mine to do shows no buttons, and who goes on; '' when it has some. */
export function stuckWords(item: WorkItem): string {
  const { step, iteration } = item
  if (iteration.state === 'on_hold' && (step.state === 'ready' || step.state === 'activated')) {
    return `${iteration.name} is on hold: nothing new is started until a pilot resumes it.`
  }
  if (step.behaviour === 'gate') return 'A gate: it closes by the decision of an approver.'
  if (step.state === 'failed') return `Failed${step.reason ? `: ${step.reason}` : ''}. The pilot decides whether it is tried again or skipped.`
  if (step.state === 'blocked') return `Blocked${step.reason ? `: ${step.reason}` : ''}.`
  if (step.state === 'ready' && step.allowedActions.length === 0) return 'Ready; its own team or a pilot starts it.'
  return ''
}

/** A gate that waits for an answer of who looks. */
export const decidable = ({ step }: WorkItem): boolean => step.allowedActions.includes('decide')

/** What waits for my decision stands first: a whole night may wait for it. */
export const gatesFirst = (items: readonly WorkItem[]): WorkItem[] => [...items.filter(decidable), ...items.filter((item) => !decidable(item))]

/** When the first of some steps is due by the plan: in 12 min; '' where none has a time. */
export function dueWords(items: readonly WorkItem[], now: number): string {
  const times = items.map(({ step }) => millis(step.plannedStart)).filter((at) => at !== null)
  return times.length === 0 ? '' : untilWords(Math.min(...times), now)
}

/** The earliest of what is to come, over *next* and *later*: what to say when there is nothing to do now. */
export function comesNext(groups: MyWork['groups']): WorkItem | null {
  const planned = (item: WorkItem): number => millis(item.step.plannedStart) ?? Number.POSITIVE_INFINITY
  const earliest = (items: readonly WorkItem[]): WorkItem | null =>
    items.reduce<WorkItem | null>((best, item) => (best === null || planned(item) < planned(best) ? item : best), null)
  return earliest(groups.next) ?? earliest(groups.later)
}
