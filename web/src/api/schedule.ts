/** The schedule of an iteration's chapters, as the planner asks for it. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { scheduleApi } from '../lib/schedulePaths'
import { get, post } from './client'
import type { components } from './schema'

type Schemas = components['schemas']

export type IterationSchedule = Schemas['IterationSchedule']
export type ScheduledPhase = Schemas['ScheduledPhase']
export type ScheduledChapter = Schemas['ScheduledChapter']
export type ScheduleConflict = Schemas['ScheduleConflict']
export type ScheduleAct = Schemas['ScheduleAct']
export type ScheduleChange = Schemas['ScheduleChange']
/** A chapter's planned times as they were on the screen; the end only where it was typed. */
export type SeenTimes = Schemas['SeenTimes']
/** What is typed of a chapter: without an end, that one is derived; without both, the chapter is. */
export type ChapterTimes = Schemas['ChapterTimes']

export const scheduleKey = (iterationId: string) => ['schedule', iterationId] as const

export const scheduleQuery = (iterationId: string) =>
  queryOptions({
    queryKey: scheduleKey(iterationId),
    queryFn: () => get<IterationSchedule>(scheduleApi.of(iterationId)),
    staleTime: 5_000,
  })

/** The schedule as it would be with these times typed; the last one stays on screen while the next is reckoned. */
export const previewQuery = (iterationId: string, version: number, chapters: readonly ChapterTimes[]) =>
  queryOptions({
    queryKey: ['schedule-preview', iterationId, version, chapters],
    queryFn: () => post<IterationSchedule>(scheduleApi.preview(iterationId), { chapters }),
    enabled: chapters.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    retry: false,
    placeholderData: keepPreviousData,
  })

/** The schedule as a shift would make it; what the shift would be refused for is refused here too. */
export const shiftQuery = (iterationId: string, version: number, minutes: number, chapterCodes: readonly string[] | null, ready: boolean) =>
  queryOptions({
    queryKey: ['schedule-shift', iterationId, version, minutes, chapterCodes],
    queryFn: () => post<IterationSchedule>(scheduleApi.shiftPreview(iterationId), { minutes, chapterCodes }),
    enabled: ready,
    staleTime: 30_000,
    gcTime: 30_000,
    retry: false,
  })
