import { Button, Group, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { IterationSchedule } from '../../api/schedule'
import type { ProblemLike } from '../../ui/states'
import { Dialog } from '../../ui/Dialog'
import { PickMany } from '../../ui/PickMany'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { chaptersOf } from './model'

interface Props {
  schedule: IterationSchedule
  /** Only what has not begun is moved. */
  live: boolean
  problem: ProblemLike | null
  pending: boolean
  onShift: (minutes: number, chapterCodes: string[] | null) => void
  onClose: () => void
}

/** By how many minutes, and which chapters. */
export function ShiftDialog({ schedule, live, problem, pending, onShift, onClose }: Props) {
  const [minutes, setMinutes] = useState<number | string>(30)
  const [some, setSome] = useState(false)
  const [codes, setCodes] = useState<string[]>([])
  const open = chaptersOf(schedule.macroPhases).filter((one) => !one.begun && one.planned !== null)
  const whole = typeof minutes === 'number' && Number.isInteger(minutes) && minutes !== 0
  const ready = whole && (!some || codes.length > 0)
  const all = live ? 'All chapters that have not begun' : 'All of it, the iteration’s start too'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !pending) onShift(minutes, some ? codes : null)
  }
  return (
    <Dialog onClose={onClose} title="Shift the schedule">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <NumberInput
            data-autofocus label="By minutes" description="A minus makes it earlier" value={minutes} onChange={setMinutes} allowDecimal={false}
            min={-527_040} max={527_040} step={5} size="sm"
          />
          <Radio.Group value={some ? 'some' : 'all'} onChange={(value) => setSome(value === 'some')} aria-label="Which chapters">
            <Stack gap={6}>
              <Radio value="all" label={all} />
              <Radio value="some" label="Some chapters, with their steps" />
            </Stack>
          </Radio.Group>
          {some && <PickMany name="Chapters" value={codes} choices={open.map(({ code, name }) => ({ value: code, code, label: name }))} onChange={setCodes} />}
          <Text size="sm" c="dimmed">{some ? 'Their starts become typed; what follows them moves as its links ask.' : 'What is derived stays derived.'} The baseline stays.</Text>
          {problem && <ProblemNotice problem={problem} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={pending}>Shift</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
