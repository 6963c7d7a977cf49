/** Imports of plans: what one holds, how it is asked for in pages, and where it stands in the cache. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { importApi, scheduleEffect } from '../lib/importPaths'
import { get } from './client'
import type { BatchChange, BatchFinding, Change, FileQuality, ImportField, ImportOutline, ImportRow, ImportState, List, OutlineNode, PlanEffect, PlanImport } from './types'

interface Page<T> { items: T[]; next: number | null }

/** How often an import that is being read is asked how far it is, and a list of imports what is new. */
const soonMs = 500
const nowAndThenMs = 15_000
const always = Number.POSITIVE_INFINITY

export const isUnderWay = (state: ImportState): boolean => state === 'received' || state === 'staging'

export const importKeys = {
  list: (migrationId: string) => ['plan-imports', migrationId] as const,
  one: (id: string) => ['plan-import', id] as const,
  /** All that is worked out anew with it: findings, changes, quality. */
  parts: (id: string) => ['plan-import-part', id] as const,
}

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: importKeys.one(id),
    queryFn: () => get<PlanImport>(importApi.one(id)),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data.state) ? soonMs : false),
  })

export const importsQuery = (migrationId: string) =>
  queryOptions({
    queryKey: importKeys.list(migrationId),
    queryFn: async () => (await get<List<ImportRow>>(importApi.list(migrationId))).items,
    refetchInterval: nowAndThenMs,
  })

export const importFieldsQuery = queryOptions({
  queryKey: ['plan-import-fields'] as const,
  queryFn: async () => (await get<List<ImportField>>(importApi.fields())).items,
  staleTime: always,
})

/** `replaced`: those alone for which something is proposed instead, or (false) nothing is. */
export const importFindingsQuery = (id: string, code: string, replaced: boolean | undefined) =>
  infiniteQueryOptions({
    queryKey: [...importKeys.parts(id), 'findings', code, replaced ?? ''],
    queryFn: ({ pageParam }) => get<Page<BatchFinding>>(importApi.findings(id, code, { replaced, after: pageParam })),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  })

export const importChangesQuery = (id: string, kind: string, change: Change | undefined) =>
  infiniteQueryOptions({
    queryKey: [...importKeys.parts(id), 'changes', kind, change ?? ''],
    queryFn: ({ pageParam }) => get<Page<BatchChange>>(importApi.changes(id, { kind, change, after: pageParam })),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  })

export const importOutlineQuery = (id: string) =>
  queryOptions({ queryKey: [...importKeys.parts(id), 'outline'], queryFn: () => get<ImportOutline>(importApi.outline(id)) })

/** A page of what is in a chapter; `after` = how many come before it. */
export const outlineStepsQuery = (id: string, chapter: string, change: Change | undefined, after: number) =>
  queryOptions({
    queryKey: [...importKeys.parts(id), 'steps', chapter, change ?? '', after],
    queryFn: () => get<Page<OutlineNode>>(importApi.outlineSteps(id, { chapter, change, after })),
  })

/** A page of the tasks of a step. */
export const outlineTasksQuery = (id: string, step: string, change: Change | undefined, after: number) =>
  queryOptions({
    queryKey: [...importKeys.parts(id), 'tasks', step, change ?? '', after],
    queryFn: () => get<Page<BatchChange>>(importApi.changes(id, { kind: 'task', parent: step, change, after })),
  })

export const importQualityQuery = (id: string) =>
  queryOptions({
    queryKey: [...importKeys.parts(id), 'quality'],
    queryFn: async () => (await get<List<FileQuality>>(importApi.quality(id))).items,
  })

export const planEffectQuery = (id: string, base: string) =>
  queryOptions({ queryKey: ['plan-effect', id, base], queryFn: () => get<PlanEffect>(scheduleEffect(id, base)), staleTime: 5_000 })
