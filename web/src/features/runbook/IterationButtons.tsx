import { Button, Group, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp, IconCalendarTime, IconCircleCheck, IconLock, IconPlayerPauseFilled, IconPlayerPlayFilled, IconRocket, IconX,
} from '@tabler/icons-react'
import { type ComponentType, type ReactNode, useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import type { Iteration, IterationAction } from '../../api/types'
import { millis } from '../../lib/time'
import { Kbd } from '../../ui/Kbd'
import { say } from '../../ui/notify'
import { useKeyActions } from '../../ui/useKeyActions'
import { CompleteDialog } from './CompleteDialog'
import { ReasonDialog } from './ReasonDialog'
import { StartDialog } from './StartDialog'
import { MovedDialog } from './MovedDialog'
import { BackOutWarning } from './BackOutWarning'
import { useIterationAction } from './useIterationAction'

const look: Record<IterationAction, { label: string; doing: string; color: string; icon: ComponentType<{ size?: number }>; key?: string }> = {
  schedule: { label: 'Schedule', doing: 'Scheduling…', color: 'blue', icon: IconCalendarTime },
  start: { label: 'Start', doing: 'Starting…', color: 'blue', icon: IconRocket },
  hold: { label: 'Hold', doing: 'Holding…', color: 'red', icon: IconPlayerPauseFilled, key: 'h' },
  resume: { label: 'Resume', doing: 'Resuming…', color: 'blue', icon: IconPlayerPlayFilled, key: 'h' },
  'back-out': { label: 'Back out', doing: 'Backing out…', color: 'red', icon: IconArrowBackUp },
  abandon: { label: 'Abandon', doing: 'Abandoning…', color: 'gray', icon: IconX },
  close: { label: 'Close', doing: 'Closing…', color: 'blue', icon: IconLock },
  complete: { label: 'Complete', doing: 'Completing…', color: 'teal', icon: IconCircleCheck },
}

/** Never the button that stands out. */
const quiet = new Set<IterationAction>(['complete', 'back-out', 'abandon', 'close'])

/** What a dialog says that an action will do; those that need no reason still say it before. */
const effects: Record<Exclude<IterationAction, 'start'>, { effect: string; needsReason: boolean }> = {
  hold: {
    effect: 'From now on nothing can be activated or started, by anyone. Steps that run go on, and no step changes its state.',
    needsReason: true,
  },
  resume: { effect: 'Steps can be activated and started again.', needsReason: false },
  'back-out': {
    effect: 'What has not started is cancelled, what runs stays until its team ends it, and the rollback chapters wake. Their steps may begin at once, also while what they undo still runs: see to that first. There is no way forward after that, and no hold.',
    needsReason: true,
  },
  abandon: { effect: 'It never goes live. Its steps stay as they are, to be read.', needsReason: true },
  close: { effect: 'Nothing of it can be changed any more, comments included. Once no other iteration is open, the migration itself can be completed, on its own page.', needsReason: false },
  complete: { effect: 'The iteration ends. No step of it can be changed after that.', needsReason: false },
  schedule: { effect: 'The planned times are frozen as the baseline that delays are measured against.', needsReason: false },
}

/** Start, Hold, Resume, Complete: those the server allows, each asking once and naming its effect; `more` stands before them. */
export function IterationButtons({ iteration, more }: { iteration: Iteration; more?: ReactNode }) {
  const [asked, setAsked] = useState<{ action: IterationAction; state: Iteration['state']; since: number | null } | null>(null)
  const moved = asked !== null && (asked.state !== iteration.state || asked.since !== millis(iteration.stateSince))
  const asking = moved ? null : (asked?.action ?? null)
  const ask = (action: IterationAction) => setAsked({ action, state: iteration.state, since: millis(iteration.stateSince) })
  const offline = useWhyOffline()
  const command = useIterationAction(iteration)
  const doing = command.isPending ? command.variables.action : null
  const allowed = iteration.allowedActions
  useKeyActions({
    hold: () => {
      // The state comes with the event, what is allowed a moment later: whoever may do the one may do the other.
      const may = allowed.includes('hold') || allowed.includes('resume')
      if (offline !== null) say(offline)
      else if (may) ask(iteration.state === 'on_hold' ? 'resume' : 'hold')
      else if (iteration.state !== 'live' && iteration.state !== 'on_hold') say(`${iteration.name} is ${iteration.state.replace('_', ' ')}: only what is live is held.`)
      else say('Hold is its pilot’s to call.')
      return true
    },
  })
  const close = () => setAsked(null)
  return (
    <Group gap={6} className="no-print">
      {more}
      {allowed.map((action) => {
        const { label, doing: word, color, icon: Icon, key } = look[action]
        return (
          <Tooltip key={action} label={offline ?? ''} disabled={offline === null}>
            <Button
              color={color} variant={quiet.has(action) ? 'default' : 'filled'} leftSection={<Icon size={15} />} data-disabled={offline !== null}
              rightSection={key ? <Kbd of={key} /> : undefined} disabled={command.isPending}
              onClick={() => (offline === null ? ask(action) : say(offline))}
            >
              {doing === action ? word : label}
            </Button>
          </Tooltip>
        )
      })}
      {moved && <MovedDialog iteration={iteration} title={`${look[asked.action].label} ${iteration.name}`} onClose={close} />}
      {asking === 'start' && (
        <StartDialog iteration={iteration} onClose={close} onStart={(choice) => { close(); command.mutate({ action: 'start', ...choice }) }} />
      )}
      {asking === 'complete' && (
        <CompleteDialog iteration={iteration} effect={effects.complete.effect} onClose={close} onConfirm={() => { close(); command.mutate({ action: 'complete' }) }} />
      )}
      {asking !== null && asking !== 'start' && asking !== 'complete' && (
        <ReasonDialog
          title={`${look[asking].label} ${iteration.name}?`} effect={effects[asking].effect} required={effects[asking].needsReason}
          withReason={effects[asking].needsReason} more={asking === 'back-out' && <BackOutWarning iterationId={iteration.id} />} button={look[asking].label} color={look[asking].color} onClose={close}
          onConfirm={(reason) => { close(); command.mutate({ action: asking, ...(reason === '' ? {} : { reason }) }) }}
        />
      )}
    </Group>
  )
}
