/** How a substitution stands, in words. Pure: now is an argument, in milliseconds. */
import type { Session, Substitute } from '../../../api/types'
import { clock, day, dayClock, millis, near, zoneName } from '../../../lib/time'

export type Stage = 'active' | 'coming' | 'over'

export function stageOf(one: Pick<Substitute, 'active' | 'endedAt' | 'from' | 'until'>, now: number): Stage {
  if (one.active) return 'active'
  const ended = one.endedAt !== null || (millis(one.until) ?? 0) <= now
  return ended || (millis(one.from) ?? 0) <= now ? 'over' : 'coming'
}

const rank: Record<Stage, number> = { active: 0, coming: 1, over: 2 }

/** What counts now first, then what comes, soonest first; what is over last, newest first. */
export function inOrder(all: readonly Substitute[], now: number): Substitute[] {
  return all.toSorted((a, b) => {
    const [stage, other] = [stageOf(a, now), stageOf(b, now)]
    if (stage !== other) return rank[stage] - rank[other]
    const later = (millis(b.from) ?? 0) - (millis(a.from) ?? 0)
    return stage === 'over' ? later : -later
  })
}

/** Sat 21 Nov 22:00 – Sun 22 Nov 06:00 CET */
export function whenText({ from, until, endedAt }: Pick<Substitute, 'from' | 'until' | 'endedAt'>, zone: string): string {
  const start = millis(from) ?? 0
  const end = millis(endedAt) ?? millis(until) ?? 0
  // Ended before it began: it never counted.
  if (endedAt !== null && end <= start) return `${dayClock(start, zone)} ${zoneName(zone, start)}, called off`
  return `${dayClock(start, zone)} – ${day(end, zone) === day(start, zone) ? clock(end, zone) : dayClock(end, zone)} ${zoneName(zone, end)}`
}

/** You act for Dana Ruiz until 06:00; null when one acts for nobody. */
export function actingWords(acting: Session['user']['substituting'], now: number, zone: string): string | null {
  const current = acting.filter(({ until }) => (millis(until) ?? 0) > now)
  if (current.length === 0) return null
  const each = current.map(({ name, until }) => `${name} until ${near(millis(until) ?? 0, now, zone)}`)
  return `You act for ${each.length === 1 ? (each[0] ?? '') : `${each.slice(0, -1).join(', ')} and ${each.at(-1) ?? ''}`}`
}
