/** What is under way, saved or refused in the editor, field by field: rows and panel show the same. */
import { useSyncExternalStore } from 'react'
import type { ApiProblem } from '../../api/problem'
import type { Edit, Level } from '../../api/plan'
import { createStore } from '../../lib/store'

/** A field of a thing. */
export interface Spot { level: Level; code: string; field: string }
export interface Mark { state: 'saving' | 'saved'; to: unknown }

/** An edit that was not taken: what was asked, why not, and for a field that somebody else set meanwhile what it is now. */
export interface Refusal {
  id: number
  spot: Spot | null
  edits: Edit[]
  to: unknown
  problem: ApiProblem
  changed: { current: unknown; by: string | null; at: string | null } | null
}

export const spotKey = ({ level, code, field }: Spot): string => `${level}/${code}/${field}`

const marks = createStore<ReadonlyMap<string, Mark>>(new Map())
const refusals = createStore<readonly Refusal[]>([])
/** Rows that somebody else changed a moment ago, with who it was. */
const theirs = createStore<ReadonlyMap<string, string>>(new Map())

const savedForMs = 1_800
const theirsForMs = 4_000
let count = 0

function put<T>(map: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> {
  const next = new Map(map)
  if (value === null) next.delete(key)
  else next.set(key, value)
  return next
}

export function setMark(spot: Spot, mark: Mark | null): void {
  const key = spotKey(spot)
  marks.set(put(marks.get(), key, mark))
  if (mark?.state !== 'saved') return
  window.setTimeout(() => {
    if (marks.get().get(key) === mark) marks.set(put(marks.get(), key, null))
  }, savedForMs)
}

export const useMark = (spot: Spot): Mark | undefined => {
  const key = spotKey(spot)
  return useSyncExternalStore(marks.subscribe, () => marks.get().get(key))
}

interface ChangedBody { current?: unknown; by?: string | null; at?: string | null }

/** Keeps a refusal until it is answered. A newer one for the same field takes its place. */
export function refuse(wish: { spot: Spot | null; edits: Edit[]; to: unknown }, problem: ApiProblem): void {
  const body = problem.body as ChangedBody
  const changed = problem.code === 'field_changed' ? { current: body.current, by: body.by ?? null, at: body.at ?? null } : null
  count += 1
  const key = wish.spot && spotKey(wish.spot)
  const others = refusals.get().filter(({ spot }) => key === null || spot === null || spotKey(spot) !== key)
  refusals.set([...others, { id: count, ...wish, problem, changed }])
}

/** The field was saved after all: what was refused of it before is no longer so. */
export const answered = (spot: Spot): void => {
  const key = spotKey(spot)
  refusals.set(refusals.get().filter((one) => one.spot === null || spotKey(one.spot) !== key))
}
export const closeAllRefusals = (): void => refusals.set(refusals.get().filter(({ changed }) => changed !== null))
export const closeRefusal = (id: number): void => refusals.set(refusals.get().filter((one) => one.id !== id))
export const useRefusals = (): readonly Refusal[] => useSyncExternalStore(refusals.subscribe, refusals.get)
export const useRefused = (spot: Spot): boolean => {
  const key = spotKey(spot)
  return useSyncExternalStore(refusals.subscribe, () => refusals.get().some((one) => one.spot !== null && spotKey(one.spot) === key))
}

export function showTheirs(codes: readonly string[], by: string): void {
  if (codes.length === 0) return
  theirs.set(new Map([...theirs.get(), ...codes.map((code) => [code, by] as const)]))
  window.setTimeout(() => theirs.set(new Map([...theirs.get()].filter(([code]) => !codes.includes(code)))), theirsForMs)
}
export const useTheirs = (code: string): string | undefined => useSyncExternalStore(theirs.subscribe, () => theirs.get().get(code))

/** Another plan is opened: what was said of the last one is over. */
export function forgetMarks(): void {
  marks.set(new Map())
  refusals.set([])
  theirs.set(new Map())
}
