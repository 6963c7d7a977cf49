import { Button, Group, Stack, Text } from '@mantine/core'
import type { IterationSchedule } from '../../api/schedule'
import { asProblem } from '../../api/problem'
import { dayClock, millis } from '../../lib/time'
import { AskReason } from '../../ui/AskReason'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import type { ProblemLike } from '../../ui/states'
import { chaptersOf } from './model'
import { ShiftDialog } from './ShiftDialog'
import type { ToolAct } from './Toolbar'
import type { useScheduleCommand } from './useSchedule'

function Confirm({ title, effect, label, problem, pending, onConfirm, onClose }: {
  title: string; effect: string; label: string; problem: ProblemLike | null; pending: boolean; onConfirm: () => void; onClose: () => void
}) {
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="sm">
        <Text size="sm">{effect}</Text>
        {problem && <ProblemNotice problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          <Button size="sm" data-autofocus loading={pending} onClick={onConfirm}>{label}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

interface Props {
  act: ToolAct
  schedule: IterationSchedule
  zone: string
  command: ReturnType<typeof useScheduleCommand>
  onClose: () => void
}

const typedWord = (count: number): string => (count === 0 ? 'No chapter has typed times.' : `${count} ${count === 1 ? 'chapter has' : 'chapters have'} typed times.`)

/** Asks once before the whole schedule is changed, and says what that does. */
export function Acts({ act, schedule, zone, command, onClose }: Props) {
  const problem = command.error ? asProblem(command.error) : null
  const typed = chaptersOf(schedule.macroPhases).filter((one) => one.typed).length
  const common = { problem, pending: command.isPending, onClose }
  if (act === 'shift') {
    const live = !schedule.allowedActions.includes('type')
    return <ShiftDialog {...common} schedule={schedule} live={live} onShift={(minutes, chapterCodes) => command.mutate({ act, minutes, chapterCodes })} />
  }
  if (act === 're-baseline') {
    return (
      <AskReason
        title="Freeze the baseline anew" onClose={onClose} choices={[{ value: 'go', label: 'Re-baseline' }]}
        effect={`${problem ? `${problem.detail} ` : ''}What is planned now becomes what delays are measured against, for every step and chapter. The old baseline stays in the log.`}
        onChoose={(_, reason) => command.mutate({ act, reason })}
      />
    )
  }
  const end = millis(schedule.windowEnd)
  const window = end === null ? 'The iteration has no window yet: its terms say when it ends.' : `The window ends ${dayClock(end, zone)}.`
  return act === 'fit'
    ? <Confirm {...common} title="Fit into the window" label="Fit to window" effect={`${window} All of it moves to the window’s start; if it is too long then, the room that typed times leave is taken away evenly. ${typedWord(typed)}`} onConfirm={() => command.mutate({ act })} />
    : <Confirm {...common} title="Derive the schedule again" label="Derive again" effect={`${typedWord(typed)} What was typed is dropped, and all times follow from the steps. The baseline stays.`} onConfirm={() => command.mutate({ act })} />
}
