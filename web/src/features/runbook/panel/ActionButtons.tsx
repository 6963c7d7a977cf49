import { ActionIcon, Button, Group, Loader, Menu, Tooltip } from '@mantine/core'
import { IconDots, IconMessage } from '@tabler/icons-react'
import { useWhyOffline } from '../../../api/live/context'
import type { StepAction, StepRow } from '../../../api/types'
import { Kbd } from '../../../ui/Kbd'
import { usePending } from '../pending'
import { actionWords } from '../words'

interface Props {
  row: StepRow
  onPress: (row: StepRow, action: StepAction, withText?: boolean) => void
}

const order: readonly StepAction[] = ['activate', 'start', 'complete', 'retry', 'fail', 'skip']
const colors: Partial<Record<StepAction, string>> = { complete: 'teal' }
/** Never the button that stands out. */
const lastResort = new Set<StepAction>(['fail', 'skip'])

/** What may be done with the step, as the server says it; the first is the one to press, its key beside it. */
export function ActionButtons({ row, onPress }: Props) {
  const doing = usePending(row)
  const offline = useWhyOffline()
  const actions = order.filter((action) => row.allowedActions.includes(action))
  if (actions.length === 0 && !doing) return null
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
            onClick={() => onPress(row, action)}
          >
            {doing === action ? actionWords[action].doing : actionWords[action].label}
          </Button>
        </Tooltip>
      ))}
      {actions.includes('activate') && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More ways to do it"><IconDots size={16} /></ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconMessage size={16} />} rightSection={<Kbd of="Shift+a" />} disabled={offline !== null}
              onClick={() => onPress(row, 'activate', true)}
            >
              Activate with a text…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}
