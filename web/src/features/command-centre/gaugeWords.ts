/** The gauge in sentences, in the zone that is chosen; the server's own stand in the API. Pure; now in milliseconds. */
import type { Gauge } from '../../api/forecast'
import { millis, near, span, zoneName } from '../../lib/time'

/** 5 h 54: to the minute, upwards, as no draw knows seconds. */
const work = (seconds: number): string => span(Math.ceil(seconds / 60) * 60)

/** What the gauge says, with what it rests on; where a figure is not there, the server's sentence. */
export function gaugeSentence(gauge: Gauge, passed: boolean, now: number, zone: string): string {
  const [last, end, decided] = [millis(gauge.lastSafeDecision), millis(gauge.windowEnd), millis(gauge.backoutDecided)]
  const show = (at: number) => near(at, now, zone)
  const begun = millis(gauge.pointOfNoReturn?.begunAt)
  if (gauge.state === 'forward_only' && gauge.pointOfNoReturn !== null && begun !== null) {
    return `${gauge.pointOfNoReturn.stepCode} began at ${show(begun)}: the point of no return is behind you. There is only forward.`
  }
  if (end === null) return gauge.sentence
  const inside = `to be back inside the window at ${show(end)} ${zoneName(zone, end)}`
  if (passed && decided !== null) {
    return `Too late ${inside}: with ${span(gauge.decisionSeconds)} to decide from now on, the way back would end ${show(decided)}.`
  }
  if (last === null || gauge.rollbackSeconds === null) return gauge.sentence
  const by = gauge.beforeStepCode === null ? `by ${show(last)}` : `before ${gauge.beforeStepCode} begins, forecast ${show(last)},`
  return `Decide ${by} ${inside}: deciding takes ${span(gauge.decisionSeconds)}, the way back ${work(gauge.rollbackSeconds)} of work in 95 of 100 cases.`
}

export interface WayBack {
  /** Turned back now */
  when: string
  end: string
  /** How far past the window's end that is; null inside it, or without one. */
  past: string | null
}

/**
 * When the ways back would end, in 95 of 100 cases: begun now, decided from now on, begun last of all. Before
 * the night is live nobody turns back now, and only the worst moment is said.
 */
export function waysBack(gauge: Gauge, live: boolean, now: number, zone: string): WayBack[] {
  const window = millis(gauge.windowEnd)
  const way = (when: string, at: number | null): WayBack[] =>
    at === null ? [] : [{ when, end: near(at, now, zone), past: window !== null && at > window ? span(Math.max(60, Math.ceil((at - window) / 60_000) * 60)) : null }]
  // The later the more there is to undo; but nobody turns back once that step has begun.
  const last = gauge.pointOfNoReturn === null ? 'at the worst moment' : `just before ${gauge.pointOfNoReturn.stepCode}, the point of no return`
  const deciding = gauge.decisionSeconds > 0 ? way(`after ${span(gauge.decisionSeconds)} to decide`, millis(gauge.backoutDecided)) : []
  return [
    ...(live ? [...way('Turned back at once', millis(gauge.backoutNow)), ...deciding] : []),
    ...way(live ? last : `Turned back ${last}`, millis(gauge.backoutAtWorst)),
  ]
}
