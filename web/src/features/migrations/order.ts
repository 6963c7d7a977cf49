/** Which iterations come first, and what their clocks say. Pure: now is an argument, in milliseconds. */
import type { IterationSummary, Migration } from '../../api/types'
import { roleWord } from '../../lib/states'
import { dayClock, millis, near, span, tClock, zoneName } from '../../lib/time'

type Stage = 'running' | 'coming' | 'being made' | 'over'

export function stageOf({ state }: Pick<IterationSummary, 'state'>): Stage {
  if (state === 'live' || state === 'on_hold' || state === 'backing_out') return 'running'
  if (state === 'scheduled') return 'coming'
  return state === 'planning' ? 'being made' : 'over'
}
const rank: Record<Stage, number> = { running: 0, coming: 1, 'being made': 2, over: 3 }
const start = (one: IterationSummary): number => millis(one.startedAt ?? one.plannedStart) ?? Number.POSITIVE_INFINITY

/** What runs first, then what comes next, soonest first; what is over last, newest first. */
export function inOrder(iterations: readonly IterationSummary[]): IterationSummary[] {
  return iterations.toSorted((a, b) => {
    const stages = rank[stageOf(a)] - rank[stageOf(b)]
    if (stages !== 0) return stages
    return stageOf(a) === 'over' ? start(b) - start(a) : start(a) - start(b)
  })
}

export interface IterationClock {
  /** T−05:10:00, T+00:12:31; for what is over, how long it took. */
  big: string
  small: string
  late: boolean
}

/** T− to the start, T+ since it; for what is over, how long it took and when it ended. */
export function iterationClock(one: IterationSummary, now: number, zone: string): IterationClock {
  const planned = millis(one.plannedStart)
  const started = millis(one.startedAt)
  const ended = millis(one.endedAt)
  if (stageOf(one) === 'over') {
    const took = started !== null && ended !== null ? span(Math.floor((ended - started) / 60_000) * 60) : '–'
    return { big: took, small: ended === null ? 'ended' : `ended ${dayClock(ended, zone)}`, late: false }
  }
  if (stageOf(one) === 'running' && started !== null) {
    return { big: tClock(now, started), small: `since ${near(started, now, zone)}`, late: false }
  }
  if (planned === null) return { big: '–', small: 'no start is planned', late: false }
  const late = now > planned + 60_000
  return { big: tClock(now, planned), small: late ? 'the planned start has passed' : `to ${near(planned, now, zone)}`, late: late && one.state === 'scheduled' }
}

/** Fri 20 Nov 18:00 – Sat 21 Nov 06:00 CET */
export function windowText(one: IterationSummary, zone: string): string {
  const from = millis(one.plannedStart)
  const to = millis(one.windowEnd ?? one.plannedEnd)
  if (from === null) return 'Not planned yet'
  if (to === null) return `${dayClock(from, zone)} ${zoneName(zone, from)}`
  const [first, last] = [dayClock(from, zone), dayClock(to, zone)]
  // The same day is not said twice.
  const end = first.slice(0, -5) === last.slice(0, -5) ? last.slice(-5) : last
  // The clocks may be set in between: 00:30 CEST – 09:00 CET.
  const [before, after] = [zoneName(zone, from), zoneName(zone, to)]
  return `${first}${before === after ? '' : ` ${before}`} – ${end} ${after}`
}

export const statusWord = {
  planning: 'Planning', in_progress: 'In progress', completed: 'Completed', failed: 'Failed',
} as const

/** Completed Sun 22 Nov 06:10 CET by Priya: All is moved. */
export function overText({ status, statusAt, statusBy, statusReason }: Pick<Migration, 'status' | 'statusAt' | 'statusBy' | 'statusReason'>, zone: string): string {
  const at = millis(statusAt)
  if (at === null) return ''
  const reason = statusReason === null ? '' : `: ${statusReason}`
  return `${statusWord[status]} ${dayClock(at, zone)} ${zoneName(zone, at)} by ${statusBy ?? 'somebody'}${reason}`
}

/** You are pilot and approver here; you follow as an admin. */
export function rolesText(roles: readonly string[]): string {
  const words = roles.map((role) => roleWord[role] ?? role)
  if (words.length === 0) return 'You have no role in it: you may look.'
  const last = words.at(-1) ?? ''
  return `You are ${words.length === 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`} here.`
}
