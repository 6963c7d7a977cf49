import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { outlineStepsQuery, outlineTasksQuery } from '../../../api/planImports'
import type { BatchChange, Change, ImportOutline, OutlineNode } from '../../../api/types'
import { openAtFirst, type Pages, rowsOf, type TreeRow } from '../model/tree'

const pageSize = 200
const none = { items: [], more: false, loading: false }

interface Wanted { id: string; code: string; after: number }

/** The pages that are wanted of every open node of a kind. */
function wantedOf(kind: 'chapter' | 'step', open: ReadonlySet<string>, pages: ReadonlyMap<string, number>): Wanted[] {
  return [...open].filter((id) => id.startsWith(`${kind}:`)).flatMap((id) =>
    Array.from({ length: pages.get(id) ?? 1 }, (_, i) => ({ id, code: id.slice(kind.length + 1), after: i * pageSize })))
}

type Answer<T> = Pick<UseQueryResult<{ items: T[]; next: number | null }>, 'data' | 'isPending'>

/** What has come, gathered by the node that it is of. */
function gathered<T>(wanted: readonly Wanted[], answers: readonly Answer<T>[]): (id: string) => Pages<T> {
  const found = new Map<string, Pages<T>>()
  wanted.forEach(({ id }, i) => {
    const { items, loading } = found.get(id) ?? none
    const page = answers[i]
    found.set(id, { items: [...items, ...(page?.data?.items ?? [])], more: page?.data?.next !== null && page?.data !== undefined, loading: loading || page?.isPending === true })
  })
  return (id) => found.get(id) ?? none
}

/** The tree of a difference: groups at once, what is in a chapter or a step when it is opened. */
export function useTree(id: string, outline: ImportOutline, change: Change | undefined) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(outline))
  const [pages, setPages] = useState<ReadonlyMap<string, number>>(new Map())
  const chapters = wantedOf('chapter', open, pages)
  const steps = wantedOf('step', open, pages)
  const inChapters = useQueries({ queries: chapters.map(({ code, after }) => outlineStepsQuery(id, code, change, after)) })
  const inSteps = useQueries({ queries: steps.map(({ code, after }) => outlineTasksQuery(id, code, change, after)) })
  const rows: TreeRow[] = rowsOf({ outline, change, open, steps: gathered<OutlineNode>(chapters, inChapters), tasks: gathered<BatchChange>(steps, inSteps) })
  return {
    rows,
    toggle: (node: string) => setOpen((before) => new Set(before.has(node) ? [...before].filter((one) => one !== node) : [...before, node])),
    more: (node: string) => setPages((before) => new Map(before).set(node, (before.get(node) ?? 1) + 1)),
  }
}
