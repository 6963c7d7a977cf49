/** The terms of an iteration as a form has them, and what of them was changed. Pure. */
import type { Iteration } from '../../../api/types'
import { millis } from '../../../lib/time'
import { momentOf, type WallTime, wallTimeOf } from '../../../lib/zoned'

export type Terms = Pick<Iteration, 'windowStart' | 'windowEnd' | 'dataVolume' | 'decider' | 'decisionSeconds' | 'blackouts'>

/** What is sent: what is not in it stays, null clears. */
export interface TermsChange {
  windowStart?: string | null
  windowEnd?: string | null
  dataVolume?: number | null
  deciderId?: string | null
  decisionSeconds?: number
  blackouts?: { start: string; end: string; reason: string }[]
}

export interface BlackoutForm { id: number; start: WallTime; end: WallTime; reason: string; was: { start: string; end: string } | null }
export interface TermsForm {
  windowStart: WallTime
  windowEnd: WallTime
  /** Null where nothing is said, undefined where what is typed is no such number. */
  dataVolume: number | null | undefined
  deciderId: string | null
  /** Null while nothing stands in the field, undefined where what is typed is no such number. */
  decisionMinutes: number | null | undefined
  blackouts: BlackoutForm[]
}

const minute = 60_000
export const noTime: WallTime = { date: '', time: '' }
const wallOf = (at: string | null, zone: string): WallTime => {
  const moment = millis(at)
  return moment === null ? noTime : wallTimeOf(moment, zone)
}

export function formOf(terms: Terms, zone: string): TermsForm {
  return {
    windowStart: wallOf(terms.windowStart, zone),
    windowEnd: wallOf(terms.windowEnd, zone),
    dataVolume: terms.dataVolume,
    deciderId: terms.decider?.id ?? null,
    decisionMinutes: terms.decisionSeconds / 60,
    blackouts: terms.blackouts.map(({ start, end, reason }, id) => ({ id, start: wallOf(start, zone), end: wallOf(end, zone), reason, was: { start, end } })),
  }
}

/** Null where nothing is typed, undefined where what is typed is no moment. Within the same minute it stays what it was, to the second. */
function momentIn(wall: WallTime, zone: string, was: string | null): string | null | undefined {
  if (wall.date === '' && wall.time === '') return null
  const { at } = momentOf(wall, zone)
  if (at === null) return undefined
  const before = millis(was)
  return was !== null && before !== null && Math.floor(before / minute) * minute === at ? was : new Date(at).toISOString()
}

export interface Wrong { windowEnd: string | null; blackouts: Record<number, string> }
/** `why`: what of it is not yet right, for beside the button. */
export type Read = { ready: true; change: TermsChange; wrong: Wrong } | { ready: false; why: string; wrong: Wrong }

/** The first thing that keeps a form from being saved; null where nothing does. */
function whyNot(form: TermsForm, said: { windowStart: unknown; windowEnd: unknown; spans: readonly { start: unknown; end: unknown }[] }, wrong: Wrong): string | null {
  const span = said.spans.findIndex(({ start, end }) => typeof start !== 'string' || typeof end !== 'string')
  const backwards = form.blackouts.findIndex(({ id }) => wrong.blackouts[id] !== undefined)
  if (said.windowStart === undefined) return 'When the window opens is not a whole date and time yet.'
  if (said.windowEnd === undefined) return 'When the window ends is not a whole date and time yet.'
  if (wrong.windowEnd !== null) return 'The window ends before it begins.'
  if (typeof form.decisionMinutes !== 'number') return 'The minutes that the decision takes are not right yet.'
  if (form.dataVolume === undefined) return 'The data volume is not right yet.'
  if (span >= 0) return `Blackout ${String(span + 1)} has no whole date and time yet.`
  return backwards >= 0 ? `Blackout ${String(backwards + 1)} ends before it begins.` : null
}

const early = (start: string | null | undefined, end: string | null | undefined): boolean =>
  typeof start === 'string' && typeof end === 'string' && (millis(end) ?? 0) <= (millis(start) ?? 0)

/** What a form says other than `terms` do, or what of it cannot be meant; what is half typed is simply not ready. */
export function readForm(form: TermsForm, terms: Terms, zone: string): Read {
  const windowStart = momentIn(form.windowStart, zone, terms.windowStart)
  const windowEnd = momentIn(form.windowEnd, zone, terms.windowEnd)
  const spans = form.blackouts.map(({ id, start, end, reason, was }) => ({
    id, start: momentIn(start, zone, was?.start ?? null), end: momentIn(end, zone, was?.end ?? null), reason: reason.trim(),
  }))
  const wrong: Wrong = {
    windowEnd: early(windowStart, windowEnd) ? 'The window ends before it begins' : null,
    blackouts: Object.fromEntries(spans.filter(({ start, end }) => early(start, end)).map(({ id }) => [id, 'It ends before it begins'])),
  }
  const blackouts = spans.flatMap(({ start, end, reason }) => (typeof start === 'string' && typeof end === 'string' ? [{ start, end, reason }] : []))
  const why = whyNot(form, { windowStart, windowEnd, spans }, wrong)
  if (why !== null || windowStart === undefined || windowEnd === undefined) return { ready: false, why: why ?? '', wrong }
  const said = {
    windowStart, windowEnd, dataVolume: form.dataVolume ?? null, deciderId: form.deciderId,
    decisionSeconds: Math.round((form.decisionMinutes ?? 0) * 60), blackouts,
  }
  return { ready: true, wrong, change: changed(said, terms) }
}

function changed(said: Required<TermsChange>, terms: Terms): TermsChange {
  const { decider, ...rest } = terms
  const was: Record<string, unknown> = { ...rest, deciderId: decider?.id ?? null }
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name])))
}

export const sameTerms = (a: Terms, b: Terms): boolean =>
  JSON.stringify(Object.values(termsOf(a))) === JSON.stringify(Object.values(termsOf(b)))

const termsOf = ({ windowStart, windowEnd, dataVolume, decider, decisionSeconds, blackouts }: Terms): Terms =>
  ({ windowStart, windowEnd, dataVolume, decider, decisionSeconds, blackouts })
