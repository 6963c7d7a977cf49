/** What a supposition changes, figure by figure: signed, in words, and whether that is good. Pure; times in milliseconds. */
import type { Outlook, WhatIf } from '../../api/types'
import { chanceText } from '../../lib/forecastWords'
import { delay, millis, near, span } from '../../lib/time'

export type Tone = 'better' | 'worse' | 'same' | 'unknown'

export interface Change {
  tone: Tone
  /** −36 min; empty where there is no figure. */
  signed: string
  /** earlier */
  word: string
}

export interface Figure {
  name: string
  /** What the figure means, for those who point at it. */
  title: string
  today: string
  then: string
  change: Change
}

const minute = 60_000
const same: Change = { tone: 'same', signed: '', word: 'no change' }

const unknown = (today: unknown, then: unknown): Change => {
  if (today === null && then === null) return { tone: 'unknown', signed: '', word: 'not evaluated' }
  return { tone: 'unknown', signed: '', word: today === null ? 'not evaluated today' : 'not evaluated then' }
}

/** Two moments apart in seconds; of a minute and more as the clocks beside it show it, which know no seconds. */
export function apart(today: number, then: number): number {
  const seconds = (then - today) / 1000
  if (Math.abs(seconds) < 60) return Math.abs(seconds) < 1 ? 0 : Math.round(seconds)
  return (Math.floor(then / minute) - Math.floor(today / minute)) * 60
}

/** How far a moment moves. An earlier finish is good; an earlier last safe decision is not. */
export function timeChange(today: number | null, then: number | null, good: 'earlier' | 'later', said = { earlier: 'earlier', later: 'later' }): Change {
  if (today === null || then === null) return unknown(today, then)
  const seconds = apart(today, then)
  if (seconds === 0) return same
  const way = seconds < 0 ? 'earlier' : 'later'
  return { tone: way === good ? 'better' : 'worse', signed: delay(seconds), word: said[way] }
}

/** How far the last safe decision moves. It may be none: passed, behind the point of no return, or not to be computed. */
export function safeChange(today: number | null, then: number | null): Change {
  if (today !== null && then !== null) return timeChange(today, then, 'later', { earlier: 'earlier: less time', later: 'later: more time' })
  if (today === null && then === null) return { tone: 'same', signed: '', word: 'none, as today' }
  return today === null ? { tone: 'better', signed: '', word: 'none today' } : { tone: 'worse', signed: '', word: 'none any more' }
}

/** The figure that stands beside it: rounded down, and never all of a hundred. */
const percent = (chance: number): number => Math.min(99, Math.max(0, Math.floor(chance * 100 + 1e-9)))

/** How far a chance moves, in points of a hundred: the difference of the figures beside it. */
export function chanceChange(today: number | null, then: number | null): Change {
  if (today === null || then === null) return unknown(today, then)
  if (Math.abs(then - today) < 1e-9) return same
  const up = then > today
  const points = Math.abs(percent(then) - percent(today))
  // What rounds to nothing did move: a tenth is the least that is said.
  const figure = points === 0 ? `${Math.max(0.1, Math.abs(then - today) * 100).toFixed(1)} points` : `${String(points)} ${points === 1 ? 'point' : 'points'}`
  return { tone: up ? 'better' : 'worse', signed: `${up ? '+' : '−'}${figure}`, word: up ? 'better' : 'worse' }
}

const stamp = (at: number | null, now: number, zone: string): string => (at === null ? '–' : near(at, now, zone))

const finishChange = (today: number | null, then: number | null): Change => timeChange(today, then, 'earlier')

/** The figures of both outlooks beside each other, in the order in which they are asked for at night. */
export function figuresOf({ now, today, then }: Pick<WhatIf, 'now' | 'today' | 'then'>, zone: string): Figure[] {
  const at = Date.parse(now)
  const time = (name: string, title: string, of: (outlook: Outlook) => string | null, changed: (today: number | null, then: number | null) => Change = finishChange): Figure => {
    const [a, b] = [millis(of(today)), millis(of(then))]
    return { name, title, today: stamp(a, at, zone), then: stamp(b, at, zone), change: changed(a, b) }
  }
  const share = (name: string) => `In ${name} of the simulated nights it ends by then`
  return [
    time('Finish', 'With every duration as expected', ({ finish }) => finish),
    time('P50', share('50 %'), ({ p50 }) => p50),
    time('P80', share('80 %'), ({ p80 }) => p80),
    time('P95', share('95 %'), ({ p95 }) => p95),
    {
      name: 'Inside the window', title: 'The share of simulated nights that end inside the window',
      today: today.chance === null ? '–' : chanceText(today.chance), then: then.chance === null ? '–' : chanceText(then.chance),
      change: chanceChange(today.chance, then.chance),
    },
    time(
      'Last safe decision', 'Until then one can still turn back and be done inside the window. A dash: it has passed, or cannot be computed',
      ({ lastSafeDecision }) => lastSafeDecision, safeChange,
    ),
  ]
}

export interface PathChange { joined: string[]; left: string[] }

/** Which steps come onto the critical path, and which leave it, each in the path's own order. */
export function pathChange(today: Pick<Outlook, 'criticalPath'>, then: Pick<Outlook, 'criticalPath'>): PathChange {
  const [before, after] = [new Set(today.criticalPath), new Set(then.criticalPath)]
  return { joined: then.criticalPath.filter((code) => !before.has(code)), left: today.criticalPath.filter((code) => !after.has(code)) }
}

/** The answer in one sentence, for a glance and for who hears the page. */
export function summary({ today, then }: Pick<WhatIf, 'today' | 'then'>): string {
  const [before, after] = [millis(today.finish), millis(then.finish)]
  const chance = chanceChange(today.chance, then.chance)
  const odds = chance.tone === 'unknown' ? '' : chance.tone === 'same' ? '; the chance to end inside the window stays the same' : `; the chance to end inside the window moves ${chance.signed}`
  if (before === null || after === null) return `When it would end cannot be said${odds}.`
  const seconds = apart(before, after)
  if (seconds === 0) return `It would end at the same time${odds}.`
  return `It would end ${span(seconds)} ${seconds < 0 ? 'earlier' : 'later'}${odds}.`
}
