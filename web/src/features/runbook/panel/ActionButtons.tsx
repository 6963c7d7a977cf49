import { ActionIcon, Button, Group, Loader, Menu, Tooltip } from '@mantine/core'
import { IconClockEdit, IconDots, IconMessage } from '@tabler/icons-react'
import { useWhyOffline } from '../../../api/live/context'
import type { Decision, StepAction, StepRow } from '../../../api/types'
import { millis } from '../../../lib/time'
import { Kbd } from '../../../ui/Kbd'
import { isSecondClick } from '../../../ui/press'
import { usePassed } from '../../../ui/usePassed'
import { usePending } from '../pending'
import { withoutAsked } from '../signatures'
import type { PressHow } from '../useStepControls'
import { actionWords } from '../words'

interface Props {
  row: StepRow
  /** What of it is asked of a second person already. */
  signatures: readonly Decision[]
  onPress: (row: StepRow, action: StepAction, how?: PressHow) => void
}

const order: readonly StepAction[] = ['activate', 'taken', 'start', 'complete', 'undo', 'unblock', 'retry', 'block', 'fail', 'skip']
/** Seldom, and never by a slip of the finger: behind the dots. */
const seldom: readonly StepAction[] = ['reopen', 'override', 'waive', 'cancel']
const late: readonly StepAction[] = ['start', 'complete', 'fail']
const colors: Partial<Record<StepAction, string>> = { complete: 'teal' }
/** Never the button that stands out. */
const lastResort = new Set<StepAction>(['undo', 'block', 'fail', 'skip'])
const undoMillis = 60_000

/** Taking back one's own Done ends by itself: the button goes when its minute is over. */
function useOpenActions(row: StepRow, signatures: readonly Decision[]): StepAction[] {
  const told = row.allowedActions.includes('undo') ? millis(row.endToldAt) : null
  const over = usePassed(told === null ? null : told + undoMillis)
  return withoutAsked(row.allowedActions, signatures).filter((action) => action !== 'undo' || !over)
}

/** What may be done with the step, as the server says it; the first is the one to press, its key beside it. */
export function ActionButtons({ row, signatures, onPress }: Props) {
  const doing = usePending(row)
  const offline = useWhyOffline()
  const open = useOpenActions(row, signatures)
  const actions = order.filter((action) => open.includes(action))
  const more = seldom.filter((action) => open.includes(action))
  const tellable = late.filter((action) => open.includes(action))
  if (actions.length === 0 && more.length === 0 && !doing) return null
  // While an action is under way its button stays in its place, even if the row no longer allows it.
  const shown = doing && doing !== 'decide' && !actions.includes(doing) ? [doing, ...actions] : actions
  return (
    <Group gap={6} aria-busy={doing !== undefined}>
      {shown.map((action, i) => (
        <Tooltip key={action} label={offline ?? ''} disabled={offline === null}>
          <Button
            size="sm" variant={i === 0 && !lastResort.has(action) ? 'filled' : 'default'} color={colors[action] ?? 'blue'} data-action={action}
            disabled={doing !== undefined} data-disabled={offline !== null || doing !== undefined}
            leftSection={doing === action ? <Loader size={14} color="gray" /> : undefined}
            rightSection={doing ? undefined : <Kbd of={actionWords[action].key} />}
            onClick={(event) => { if (!isSecondClick(event)) onPress(row, action) }}
          >
            {doing === action ? actionWords[action].doing : actionWords[action].label}
          </Button>
        </Tooltip>
      ))}
      {(actions.includes('activate') || more.length > 0 || tellable.length > 0) && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More ways to do it"><IconDots size={16} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {actions.includes('activate') && (
              <Menu.Item
                leftSection={<IconMessage size={16} />} rightSection={<Kbd of="Shift+a" />} disabled={offline !== null}
                onClick={() => onPress(row, 'activate', 'with-text')}
              >
                Read and change the message first…
              </Menu.Item>
            )}
            {tellable.map((action) => (
              <Menu.Item
                key={action} leftSection={<IconClockEdit size={16} />} disabled={offline !== null}
                onClick={() => onPress(row, action, 'late')}
              >
                {actionWords[action].label}, told late…
              </Menu.Item>
            ))}
            {more.map((action) => (
              <Menu.Item
                key={action} disabled={offline !== null} data-action={action} onClick={() => onPress(row, action)}
                {...(action === 'cancel' ? { color: 'red' } : {})}
                rightSection={actionWords[action].key === '' ? undefined : <Kbd of={actionWords[action].key} />}
              >
                {actionWords[action].label}…
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}
