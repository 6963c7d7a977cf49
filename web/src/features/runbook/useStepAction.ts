import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { post } from '../../api/client'
import { LiveContext } from '../../api/live/context'
import { type ApiProblem, asProblem } from '../../api/problem'
import { stepQuery } from '../../api/queries'
import { useOnce } from '../../api/useOnce'
import type { Answer, StepAction, StepAnswer, StepRow, Task, TaskMark } from '../../api/types'
import { api } from '../../lib/paths'
import { sayProblem } from '../../ui/notify'
import { patchRow } from './patchBoard'
import { clearPending, setNotice, setPending } from './pending'

export interface StepCommand {
  row: StepRow
  action: Exclude<StepAction, 'decide'>
  reason?: string
  /** Text for the team, before the instructions. */
  note?: string
  /** When a blocked step should be free again. */
  expectedAt?: string
  /** When it happened, where that is told late. */
  happenedAt?: string
  /** The words that the team gets instead of the template's. */
  message?: { subject: string; body: string }
  /** The code of whom the step waits for no longer. */
  predecessor?: string
}

/** Takes the events that a command answered with, in their place among the others: whichever way they come first. */
function useTake(iterationId: string): (answer: StepAnswer) => void {
  const live = useContext(LiveContext)
  return ({ events }) => live?.arrived(iterationId, events)
}

/** What a refused command leaves behind: a notice that stays, the row as it is now, the events that were missed. */
function useRefused(iterationId: string, openCode: string | undefined): (row: StepRow, problem: ApiProblem) => void {
  const cache = useQueryClient()
  const live = useContext(LiveContext)
  return (row, problem) => {
    if (problem.status === 401) return
    setNotice(row.id, problem)
    if (openCode !== row.code) sayProblem(problem, { sticky: problem.status === 409, about: `${row.id} ${problem.code}` })
    if (problem.body.current) patchRow(cache, iterationId, problem.body.current as StepRow)
    void cache.invalidateQueries({ queryKey: stepQuery(iterationId, row.code).queryKey })
    void live?.catchUp(iterationId)
  }
}

/** Sends one button's command for a step. The row shows it as under way until the server has answered. */
export function useStepAction(iterationId: string, openCode: string | undefined) {
  const take = useTake(iterationId)
  const refused = useRefused(iterationId, openCode)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ row, action, ...said }: StepCommand) =>
      post<StepAnswer>(api.stepAction(iterationId, row.code, action), {
        version: row.version,
        ...Object.fromEntries(Object.entries(said).filter(([, value]) => value)),
      }),
    onMutate: ({ row, action }) => {
      setNotice(row.id, null)
      setPending(row, action)
    },
    onSuccess: take,
    onError: (error, { row }) => refused(row, asProblem(error)),
    onSettled: (_answer, _error, { row }) => clearPending(row),
  })
}

/** Ticks a task or takes the tick back, says that it failed or does not apply. */
export function useTaskAction(iterationId: string, row: StepRow) {
  const take = useTake(iterationId)
  const refused = useRefused(iterationId, row.code)
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ task, action, reason }: { task: Task; action: TaskMark; reason?: string }) =>
      post<StepAnswer>(api.taskAction(iterationId, row.code, task.code, action), { version: task.version, ...(reason ? { reason } : {}) }),
    onSuccess: take,
    onError: (error) => refused(row, asProblem(error)),
  })
}

/** Answers the decision that closes a gate. */
export function useAnswer(iterationId: string, row: StepRow) {
  const take = useTake(iterationId)
  const refused = useRefused(iterationId, row.code)
  return useOnce(useMutation({
    meta: { quiet: true },
    mutationFn: ({ decisionId, answer, reason }: { decisionId: string; answer: Answer; reason: string }) =>
      post<StepAnswer>(api.answer(decisionId), { answer, reason }),
    onMutate: () => setPending(row, 'decide'),
    onSuccess: take,
    onError: (error) => refused(row, asProblem(error)),
    onSettled: () => clearPending(row),
  }))
}
