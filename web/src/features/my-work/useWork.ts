import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { post } from '../../api/client'
import { useSettle } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { cacheKeys } from '../../api/queries'
import type { Answer, CommandAnswer, Task, TaskMark, WorkItem } from '../../api/types'
import { api } from '../../lib/paths'
import { say } from '../../ui/notify'
import { closeNotice, openNotice } from './notices'

export type WorkAction = 'taken' | 'start' | 'complete' | 'block' | 'unblock' | 'fail'

export interface WorkPress {
  action: WorkAction
  reason?: string
  /** When a blocked step should go on, where that is known. */
  expectedAt?: string
}

const ticksOf = (stepId: string) => ['my-work', 'tick', stepId]

/** Both hold on until the list is fetched anew: a button stays *under way* until the screen shows what it did. */
function useAfter(item: WorkItem) {
  const cache = useQueryClient()
  const settle = useSettle()
  const again = async () => {
    void cache.invalidateQueries({ queryKey: cacheKeys.step(item.iteration.id, item.step.code) })
    await cache.invalidateQueries({ queryKey: cacheKeys.myWork })
  }
  return {
    onMutate: () => closeNotice(item.step.id),
    onSuccess: async (answer: CommandAnswer) => {
      settle(item.iteration.id, answer.seq)
      await again()
    },
    onError: async (error: Error) => {
      const problem = asProblem(error)
      if (problem.status === 401) return
      openNotice({ stepId: item.step.id, code: item.step.code, problem })
      // Without an answer there is nothing to read either: the live connection catches up when it is back.
      if (problem.status !== 0) await again()
    },
  }
}

/** *I have it*, Start, Done or Problem of one step, or that a problem is solved. */
export function useWorkPress(item: WorkItem) {
  const after = useAfter(item)
  return useMutation({
    ...after,
    meta: { quiet: true },
    mutationFn: ({ action, reason, expectedAt }: WorkPress) =>
      post<CommandAnswer>(api.stepAction(item.iteration.id, item.step.code, action), {
        version: item.step.version,
        ...(reason ? { reason } : {}),
        ...(expectedAt ? { expectedAt } : {}),
      }),
    onSuccess: async (answer) => {
      const own = answer.events.find((event) => event.stepId === item.step.id)
      if (own) say(own.sentence, 'gray', { above: true })
      await after.onSuccess(answer)
    },
  })
}

/** A tick of one task, taking it back, or why it cannot be done. */
export function useTick(item: WorkItem, task: Task) {
  return useMutation({
    ...useAfter(item),
    mutationKey: ticksOf(item.step.id),
    meta: { quiet: true },
    mutationFn: ({ action, reason }: { action: TaskMark; reason?: string }) =>
      post<CommandAnswer>(api.taskAction(item.iteration.id, item.step.code, task.code, action), { version: task.version, ...(reason ? { reason } : {}) }),
  })
}

/** Go or No-go for a gate that waits for it. */
export function useGateAnswer(item: WorkItem, decisionId: string) {
  return useMutation({
    ...useAfter(item),
    meta: { quiet: true },
    mutationFn: (given: { answer: Answer; reason: string }) => post<CommandAnswer>(api.answer(decisionId), given),
  })
}

/** A tick changes the step too: until it is answered, the step on screen is not what a button would act on. */
export const useTicking = (stepId: string): boolean => useIsMutating({ mutationKey: ticksOf(stepId) }) > 0
