/** What is typed into a planner and not saved yet. Pure; moments in milliseconds. */
import type { ChapterTimes, IterationSchedule, ScheduleChange, ScheduledChapter, ScheduledPhase, SeenTimes } from '../../api/schedule'
import { millis } from '../../lib/time'

/** What is typed of a chapter: a start of null has it derived again, an end of null has that derived. */
export interface Times {
  start: number | null
  end: number | null
}
/** With what was on the screen when it was typed: it is saved only over that. */
export interface Change extends Times { seen: SeenTimes }
export type Draft = ReadonlyMap<string, Change>

/** A chapter as the planner shows it: saved, or as it would be. `span` is null of what has no times. */
export interface Row {
  chapter: ScheduledChapter
  span: { start: number; end: number } | null
  typed: boolean
  endTyped: boolean
  changed: boolean
}

const minute = 60_000
/** What a drag snaps to, and a press of an arrow moves by. */
export const snapMs = 5 * minute
const shortest = snapMs
/** Longer than this, a weekday does not say which day is meant. */
export const sixDays = 6 * 24 * 60 * minute

export const spanOf = (span: { start: string; end: string } | null): Row['span'] => {
  const [start, end] = [millis(span?.start), millis(span?.end)]
  return start === null || end === null ? null : { start, end }
}

/** The chapter as it is saved, or as a preview says it would be, with what is typed of it on top. */
export function rowOf(chapter: ScheduledChapter, draft: Draft): Row {
  const times = draft.get(chapter.code)
  const saved = spanOf(chapter.planned)
  if (times === undefined) return { chapter, span: saved, typed: chapter.typed, endTyped: chapter.endTyped, changed: false }
  if (times.start === null) return { chapter, span: spanOf(chapter.derived) ?? saved, typed: false, endTyped: false, changed: true }
  // Until it is reckoned again, a derived end is as far from the start as it was.
  const length = saved === null ? shortest : saved.end - saved.start
  return { chapter, span: { start: times.start, end: times.end ?? times.start + length }, typed: true, endTyped: times.end !== null, changed: true }
}

export const chaptersOf = (phases: readonly ScheduledPhase[]): ScheduledChapter[] => phases.flatMap((phase) => phase.chapters)

const snapped = (at: number): number => Math.round(at / snapMs) * snapMs

/** All of it later, or earlier, but not before `first`. */
export function moved({ span, endTyped }: Row, by: number, first: number, snap = false): Times | null {
  if (span === null) return null
  const start = Math.max(first, snap ? snapped(span.start + by) : span.start + by)
  return { start, end: endTyped ? span.end + (start - span.start) : null }
}

/** Its end later, or earlier; never before its start. */
export function endMoved({ span }: Row, by: number, snap = false): Times | null {
  if (span === null) return null
  return { start: span.start, end: Math.max(span.start + shortest, snap ? snapped(span.end + by) : span.end + by) }
}

/** Its start alone: the end stays where it is. */
export function startMoved({ span }: Row, by: number, first: number, snap = false): Times | null {
  if (span === null) return null
  const start = Math.max(first, snap ? snapped(span.start + by) : span.start + by)
  return { start: Math.min(start, span.end - shortest), end: span.end }
}

/** The draft with what is typed of one chapter; what is as it was saved is no change. */
export function changed(draft: Draft, saved: ScheduledChapter, times: Times | null): Draft {
  const next = new Map(draft)
  const { span, typed, endTyped } = rowOf(saved, new Map())
  const was: Times = typed && span !== null ? { start: span.start, end: endTyped ? span.end : null } : { start: null, end: null }
  if (times === null || (times.start === was.start && times.end === was.end)) next.delete(saved.code)
  else next.set(saved.code, { ...times, seen: draft.get(saved.code)?.seen ?? seenOf(saved) })
  return next
}

/** What the screen shows of a chapter as it is saved, in the server's own words. */
export const seenOf = ({ planned, typed, endTyped }: ScheduledChapter): SeenTimes => ({ start: planned?.start ?? null, end: endTyped ? (planned?.end ?? null) : null, typed })

const sameTimes = (a: SeenTimes, b: SeenTimes): boolean => a.typed === b.typed && millis(a.start) === millis(b.start) && millis(a.end) === millis(b.end)

/** The chapters of a draft that somebody else has changed since they were typed here. */
export const overtaken = (draft: Draft, schedule: IterationSchedule): ScheduledChapter[] =>
  chaptersOf(schedule.macroPhases).filter((chapter) => {
    const mine = draft.get(chapter.code)
    return mine !== undefined && !sameTimes(mine.seen, seenOf(chapter))
  })

/** The draft with one of its changes kept over what is there by now, or given up for it. */
export function decided(draft: Draft, saved: ScheduledChapter, whose: 'mine' | 'theirs'): Draft {
  const mine = draft.get(saved.code)
  const next = new Map(draft)
  next.delete(saved.code)
  return mine === undefined || whose === 'theirs' ? next : changed(next, saved, { start: mine.start, end: mine.end })
}

/** Who changed a chapter last, or had all of it planned anew. */
export function lastOf({ lastChanges }: IterationSchedule, code: string): ScheduleChange | undefined {
  return lastChanges.filter(({ chapterCode }) => chapterCode === code || chapterCode === null).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))[0]
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** What is sent to be reckoned, in the order of the schedule. */
export const bodyOf = (draft: Draft, schedule: IterationSchedule): ChapterTimes[] =>
  chaptersOf(schedule.macroPhases).flatMap(({ code }) => {
    const times = draft.get(code)
    return times === undefined ? [] : [{ chapterCode: code, start: iso(times.start), end: iso(times.end) }]
  })

/** What is sent to be saved: each change with what was seen when it was typed. */
export const savedBody = (draft: Draft, schedule: IterationSchedule): ChapterTimes[] =>
  bodyOf(draft, schedule).map((one) => ({ ...one, seen: draft.get(one.chapterCode)?.seen ?? null }))

export interface Axis { start: number; end: number }

/** Everything that is shown lies on the axis, with some room beside it. */
export function axisOf(schedule: IterationSchedule, rows: readonly Row[], now: number | null): Axis {
  const spans = [schedule.planned, schedule.baseline].map(spanOf)
  const told = [...spans, ...rows.map((row) => row.span)].flatMap((span) => (span === null ? [] : [span.start, span.end]))
  told.push(...[schedule.windowStart, schedule.windowEnd, schedule.actual.start, schedule.actual.end].map(millis).filter((at) => at !== null))
  if (now !== null) told.push(now)
  const [start, end] = [Math.min(...told), Math.max(...told)]
  const room = Math.max(15 * minute, (end - start) * 0.03)
  return { start: start - room, end: end + room }
}

/** 1 unsaved change, 3 unsaved changes */
export const changesWord = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'}`
