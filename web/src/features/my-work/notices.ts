import { useSyncExternalStore } from 'react'
import type { ApiProblem } from '../../api/problem'
import { createStore } from '../../lib/store'

/** A refusal or a lost race of a step; it stays until it is closed, even when the step has left the list. */
export interface WorkNotice {
  stepId: string
  code: string
  problem: ApiProblem
}

const notices = createStore<readonly WorkNotice[]>([])

export const closeNotice = (stepId: string): void =>
  notices.set(notices.get().filter((notice) => notice.stepId !== stepId))

export function openNotice(notice: WorkNotice): void {
  notices.set([...notices.get().filter(({ stepId }) => stepId !== notice.stepId), notice])
}

export const useNotices = (): readonly WorkNotice[] => useSyncExternalStore(notices.subscribe, notices.get)
