import { Button, Group, Stack, Text } from '@mantine/core'
import type { IterationSchedule } from '../../api/schedule'
import { asProblem } from '../../api/problem'
import { dayClock, millis } from '../../lib/time'
import { AskReason } from '../../ui/AskReason'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import type { ProblemLike } from '../../ui/states'
import { Meanwhile, useLookedAt } from './Meanwhile'
import { chaptersOf } from './model'
import { ShiftDialog } from './ShiftDialog'
import type { ToolAct } from './Toolbar'
import type { useScheduleCommand } from './useSchedule'

function Confirm({ title, effect, label, schedule, zone, problem, pending, onConfirm, onClose }: {
  title: string; effect: string; label: string; schedule: IterationSchedule; zone: string; problem: ProblemLike | null; pending: boolean
  onConfirm: (version: number) => void; onClose: () => void
}) {
  const { seen, stale, look } = useLookedAt(schedule)
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="sm">
        <Text size="sm">{effect}</Text>
        {problem && <ProblemNotice problem={problem} />}
        {stale && <Meanwhile schedule={schedule} zone={zone} onLook={look} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          <Button size="sm" data-autofocus disabled={stale} loading={pending} onClick={() => onConfirm(seen.version)}>{label}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

interface Props {
  iterationId: string
  act: ToolAct
  schedule: IterationSchedule
  zone: string
  command: ReturnType<typeof useScheduleCommand>
  onClose: () => void
}

const typedWord = (count: number): string => (count === 0 ? 'No chapter has typed times.' : `${count} ${count === 1 ? 'chapter has' : 'chapters have'} typed times.`)

/** What fitting will do with the window that there is. */
function fitWords({ windowStart, windowEnd, planned }: IterationSchedule, typed: number, zone: string): string {
  const [from, end] = [millis(windowStart), millis(windowEnd)]
  if (end === null) return 'The iteration has no window yet: its terms say when it ends.'
  const moves = from === null
    ? `It says no start: the schedule stays where it begins, ${dayClock(Date.parse(planned.start), zone)}`
    : `All of it moves to the window’s start, ${dayClock(from, zone)}`
  return `The window ends ${dayClock(end, zone)}. ${moves}; if it is too long then, the room that typed times leave is taken away evenly. ${typedWord(typed)}`
}

/** Asks once before the whole schedule is changed, and says what that does. */
export function Acts({ iterationId, act, schedule, zone, command, onClose }: Props) {
  const problem = command.error ? asProblem(command.error) : null
  const typed = chaptersOf(schedule.macroPhases).filter((one) => one.typed).length
  const common = { schedule, zone, problem, pending: command.isPending, onClose }
  const { seen, stale } = useLookedAt(schedule)
  if (act === 'shift') {
    const live = !schedule.allowedActions.includes('type')
    return <ShiftDialog {...common} iterationId={iterationId} live={live} onShift={(minutes, chapterCodes, version) => command.mutate({ act, version, minutes, chapterCodes })} />
  }
  if (act === 're-baseline') {
    return (
      <AskReason
        title="Freeze the baseline anew" onClose={onClose} choices={[{ value: 'go', label: 'Re-baseline' }]}
        effect={`${problem ? `${problem.detail} ` : ''}${stale ? 'The schedule changed while this was open: close this and look at it first. ' : ''}What is planned now becomes what delays are measured against, for every step and chapter. The old baseline stays in the log.`}
        onChoose={(_, reason) => command.mutate({ act, version: seen.version, reason })}
      />
    )
  }
  return act === 'fit'
    ? <Confirm {...common} title="Fit into the window" label="Fit to window" effect={fitWords(schedule, typed, zone)} onConfirm={(version) => command.mutate({ act, version })} />
    : <Confirm {...common} title="Derive the schedule again" label="Derive again" effect={`${typedWord(typed)} What was typed is dropped, and all times follow from the steps. The baseline stays.`} onConfirm={(version) => command.mutate({ act, version })} />
}
