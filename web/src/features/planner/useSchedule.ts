import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { post, put } from '../../api/client'
import { LiveContext, useSettle } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { type IterationSchedule, previewQuery, scheduleKey } from '../../api/schedule'
import { scheduleApi } from '../../lib/schedulePaths'
import { say } from '../../ui/notify'
import { bodyOf, type Draft } from './model'

/** While somebody drags, nothing is asked. */
const restMs = 250

/** The schedule as it would be with the draft saved: reckoned by the server, after a short rest. */
export function usePreview(iterationId: string, schedule: IterationSchedule, draft: Draft) {
  const [rested] = useDebouncedValue(draft, restMs)
  const asked = useQuery(previewQuery(iterationId, schedule.version, draft.size === 0 ? [] : bodyOf(rested, schedule)))
  if (draft.size === 0) return { shown: schedule, problem: null, reckoning: false }
  return {
    shown: asked.data ?? schedule,
    problem: asked.error ? asProblem(asked.error) : null,
    reckoning: asked.isFetching || rested !== draft,
  }
}

export type Command =
  | { act: 'save'; draft: Draft }
  | { act: 'shift'; minutes: number; chapterCodes: string[] | null }
  | { act: 'fit' | 'derive' }
  | { act: 're-baseline'; reason: string }

const done = { save: 'Saved', shift: 'Shifted', fit: 'Fitted into the window', derive: 'Derived from the steps again', 're-baseline': 'The baseline is frozen anew' } as const

function send(iterationId: string, schedule: IterationSchedule, command: Command): Promise<IterationSchedule> {
  const { version } = schedule
  if (command.act === 'save') return put(scheduleApi.of(iterationId), { version, chapters: bodyOf(command.draft, schedule) })
  const { act, ...more } = command
  return post(scheduleApi.act(iterationId, act), { version, ...more })
}

/** Changes the schedule; what the server answers is on screen at once. */
export function useScheduleCommand(iterationId: string, schedule: IterationSchedule, onDone: (command: Command) => void) {
  const cache = useQueryClient()
  const settle = useSettle()
  const live = useContext(LiveContext)
  return useMutation({
    mutationFn: (command: Command) => send(iterationId, schedule, command),
    onSuccess: (answer, command) => {
      cache.setQueryData(scheduleKey(iterationId), answer)
      settle(iterationId, answer.seq)
      say(`${done[command.act]}.`)
      onDone(command)
    },
    onError: () => {
      void live?.catchUp(iterationId)
      void cache.invalidateQueries({ queryKey: scheduleKey(iterationId) })
    },
  })
}
