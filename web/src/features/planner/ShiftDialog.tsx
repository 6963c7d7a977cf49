import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import { type IterationSchedule, shiftQuery } from '../../api/schedule'
import { dayClock } from '../../lib/time'
import type { ProblemLike } from '../../ui/states'
import { Dialog } from '../../ui/Dialog'
import { PickMany } from '../../ui/PickMany'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { Meanwhile, useLookedAt } from './Meanwhile'
import { chaptersOf, spanOf } from './model'
import classes from './planner.module.css'
import { minutesIn } from './words'

interface Props {
  iterationId: string
  schedule: IterationSchedule
  zone: string
  /** Only what has not begun is moved. */
  live: boolean
  problem: ProblemLike | null
  pending: boolean
  onShift: (minutes: number, chapterCodes: string[] | null, version: number) => void
  onClose: () => void
}

/** From where to where it would move, before anything is pressed: reckoned by the server, refused as the shift would be. */
function useWould(iterationId: string, schedule: IterationSchedule, minutes: number | null, codes: string[] | null) {
  const [asked] = useDebouncedValue({ minutes, codes }, 250)
  const ready = asked.minutes !== null && asked.codes?.length !== 0
  const would = useQuery(shiftQuery(iterationId, schedule.version, asked.minutes ?? 0, asked.codes, ready))
  const settled = asked.minutes === minutes && asked.codes?.join() === codes?.join()
  return { would: settled && ready ? would.data : undefined, problem: settled && ready && would.error ? asProblem(would.error) : null }
}

function Move({ before, after, zone }: { before: IterationSchedule; after: IterationSchedule; zone: string }) {
  const [was, now] = [spanOf(before.planned), spanOf(after.planned)]
  if (was === null || now === null) return null
  const rows = [['Starts', was.start, now.start], ['Ends', was.end, now.end]] as const
  return (
    <dl className={`${classes.would} num`} data-testid="shift-would">
      {rows.map(([label, from, to]) => (
        <div key={label}><dt>{label}</dt><dd>{from === to ? `${dayClock(to, zone)}, as before` : <><b>{dayClock(to, zone)}</b> <span className="dim">instead of {dayClock(from, zone)}</span></>}</dd></div>
      ))}
      {after.conflicts.length > 0 && <div><dt>Conflicts</dt><dd>{after.conflicts.length}: {after.conflicts[0]?.sentence}{after.conflicts.length > 1 ? ' …' : ''}</dd></div>}
    </dl>
  )
}

/** By how many minutes, and which chapters; with what that does before it is done. */
export function ShiftDialog({ iterationId, schedule, zone, live, problem, pending, onShift, onClose }: Props) {
  const [text, setText] = useState('30')
  const [some, setSome] = useState(false)
  const [codes, setCodes] = useState<string[]>([])
  const { seen, stale, look } = useLookedAt(schedule)
  const minutes = minutesIn(text)
  const asked = useWould(iterationId, schedule, minutes, some ? codes : null)
  const open = chaptersOf(schedule.macroPhases).filter((one) => !one.begun && one.planned !== null)
  const ready = minutes !== null && (!some || codes.length > 0) && asked.problem === null && !stale
  const all = live ? 'All chapters that have not begun' : 'All of it, the iteration’s start too'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !pending) onShift(minutes, some ? codes : null, seen.version)
  }
  return (
    <Dialog onClose={onClose} title="Shift the schedule">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            data-autofocus label="By minutes" description="Whole minutes; a minus makes it earlier" inputMode="numeric" value={text} onChange={(event) => setText(event.currentTarget.value)} size="sm"
            error={minutes === null && text.trim() !== '' && text.trim() !== '-' ? 'A whole number of minutes other than 0, a year at most: 30, or −15' : null}
          />
          <Radio.Group value={some ? 'some' : 'all'} onChange={(value) => setSome(value === 'some')} aria-label="Which chapters">
            <Stack gap={6}>
              <Radio value="all" label={all} />
              <Radio value="some" label="Some chapters, with their steps" />
            </Stack>
          </Radio.Group>
          {some && <PickMany name="Chapters" value={codes} choices={open.map(({ code, name }) => ({ value: code, code, label: name }))} onChange={setCodes} />}
          {asked.would && <Move before={schedule} after={asked.would} zone={zone} />}
          <Text size="sm" c="dimmed">{some ? 'Their starts become typed; what follows them moves as its links ask.' : 'What is derived stays derived.'} The baseline stays.</Text>
          {stale && <Meanwhile schedule={schedule} zone={zone} onLook={look} />}
          {(problem ?? asked.problem) && <ProblemNotice problem={(problem ?? asked.problem) as ProblemLike} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={pending}>Shift</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
