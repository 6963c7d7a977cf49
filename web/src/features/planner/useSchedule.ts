import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { post, put } from '../../api/client'
import { useOnce } from '../../api/useOnce'
import { LiveContext, useSettle } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { type IterationSchedule, previewQuery, scheduleKey } from '../../api/schedule'
import { scheduleApi } from '../../lib/schedulePaths'
import { say } from '../../ui/notify'
import { bodyOf, type Draft, savedBody } from './model'
import { fittedWords } from './words'

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

/** What is done to all of it names the version that was looked at; what is typed, the times that were seen. */
export type Command =
  | { act: 'save'; draft: Draft }
  | { act: 'shift'; version: number; minutes: number; chapterCodes: string[] | null }
  | { act: 'fit' | 'derive'; version: number }
  | { act: 're-baseline'; version: number; reason: string }

const done = { save: 'Saved.', shift: 'Shifted.', 're-baseline': 'The baseline is frozen anew.' } as const

/** What was done, in words; that nothing was to do is said as well. */
function doneWords(act: Command['act'], before: IterationSchedule, after: IterationSchedule, zone: string): string {
  if (act === 'fit') return fittedWords(before, after, zone)
  if (act === 'derive') return before.version === after.version ? 'No chapter had typed times: nothing was changed.' : 'Derived from the steps again.'
  return done[act]
}

function send(iterationId: string, schedule: IterationSchedule, command: Command): Promise<IterationSchedule> {
  if (command.act === 'save') return put(scheduleApi.of(iterationId), { chapters: savedBody(command.draft, schedule) })
  const { act, ...more } = command
  return post(scheduleApi.act(iterationId, act), more)
}

/** Changes the schedule; what the server answers is on screen at once. */
export function useScheduleCommand(iterationId: string, schedule: IterationSchedule, zone: string, onDone: (command: Command) => void) {
  const cache = useQueryClient()
  const settle = useSettle()
  const live = useContext(LiveContext)
  return useOnce(useMutation({
    mutationFn: (command: Command) => send(iterationId, schedule, command),
    onSuccess: (answer, command) => {
      cache.setQueryData(scheduleKey(iterationId), answer)
      settle(iterationId, answer.seq)
      say(doneWords(command.act, schedule, answer, zone))
      onDone(command)
    },
    onError: () => {
      void live?.catchUp(iterationId)
      void cache.invalidateQueries({ queryKey: scheduleKey(iterationId) })
    },
  }))
}
