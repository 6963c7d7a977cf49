/** Evidence and controls: what is read, and what is said of them. Two parts of the page use both. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { api } from '../lib/paths'
import { get, post } from './client'
import { LiveContext } from './live/context'
import { upload } from './upload'
import type { Control, ControlAction, ControlBoard, Evidence, EvidenceList, LiveEvent, StepAnswer } from './types'

export const evidenceKeys = {
  step: (iterationId: string, code: string) => ['evidence', iterationId, code] as const,
  all: (iterationId: string) => ['evidence', iterationId] as const,
  controls: (iterationId: string) => ['controls', iterationId] as const,
}

export const evidenceQuery = (iterationId: string, code: string) =>
  queryOptions({
    queryKey: evidenceKeys.step(iterationId, code),
    queryFn: () => get<EvidenceList>(api.evidence(iterationId, code)),
    staleTime: 10_000,
  })

export const controlsQuery = (iterationId: string) =>
  queryOptions({
    queryKey: evidenceKeys.controls(iterationId),
    queryFn: () => get<ControlBoard>(api.controls(iterationId)),
    staleTime: 10_000,
  })

/** What these events make stale: evidence by any word of it, controls by theirs, by decisions and by a step's next attempt. */
export function shownKeys(iterationId: string, events: readonly LiveEvent[]): (readonly string[])[] {
  const any = (...starts: string[]) => events.some(({ type }) => starts.some((start) => type.startsWith(start)))
  return [
    ...(any('step.') ? [evidenceKeys.all(iterationId)] : []),
    // A second signature on a control is asked of no step, and stands on all that it holds.
    ...(any('control.', 'step.', 'decision.') ? [evidenceKeys.controls(iterationId)] : []),
    ...(any('control.', 'decision.') ? [['step', iterationId] as const] : []),
  ]
}

/** What evidence is for: a step, with a task or a control of it; or a control alone. */
export interface Aim {
  iterationId: string
  stepCode?: string
  taskCode?: string
  controlCode?: string
}

export type Given = { kind: 'text' | 'link'; words: string } | { kind: 'file'; file: File; words: string; onShare: (share: number) => void }

async function send(aim: Aim, given: Given): Promise<Evidence> {
  const { iterationId, stepCode, taskCode, controlCode } = aim
  const place = stepCode === undefined ? api.controlEvidence(iterationId, controlCode ?? '') : api.evidence(iterationId, stepCode)
  const of = stepCode === undefined ? {} : { taskCode, controlCode }
  if (given.kind !== 'file') return post<Evidence>(place, { kind: given.kind, words: given.words, ...of })
  return upload<Evidence>(api.evidenceFile(place, { fileName: given.file.name.slice(-255), words: given.words, ...of }), given.file, given.onShare)
}

/** After a change: what shows evidence is read again, and the step hears what else followed. */
function useAgain(iterationId: string) {
  const cache = useQueryClient()
  const live = useContext(LiveContext)
  return async () => {
    void live?.catchUp(iterationId)
    await Promise.all([
      cache.invalidateQueries({ queryKey: evidenceKeys.all(iterationId) }),
      cache.invalidateQueries({ queryKey: evidenceKeys.controls(iterationId) }),
    ])
  }
}

export function useAddEvidence(aim: Aim) {
  const again = useAgain(aim.iterationId)
  return useMutation({ meta: { quiet: true }, mutationFn: (given: Given) => send(aim, given), onSettled: again })
}

export function useWithdrawEvidence(iterationId: string) {
  const again = useAgain(iterationId)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ id, reason }: { id: string; reason: string }) => post<Evidence>(api.evidenceWithdraw(id), { reason }),
    onSettled: again,
  })
}

/** Passes, fails, cancels, reopens or overrides a control, as it was seen. */
export function useControlAction(iterationId: string) {
  const again = useAgain(iterationId)
  const live = useContext(LiveContext)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ control, action, reason }: { control: Pick<Control, 'code' | 'version'>; action: ControlAction; reason?: string }) =>
      post<StepAnswer>(api.controlAction(iterationId, control.code, action), { version: control.version, ...(reason ? { reason } : {}) }),
    onSuccess: ({ events }) => live?.arrived(iterationId, events),
    onSettled: again,
  })
}
