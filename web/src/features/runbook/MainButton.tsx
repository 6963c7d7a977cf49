import { Button, Loader } from '@mantine/core'
import { useWhyOffline } from '../../api/live/context'
import type { StepAction, StepRow } from '../../api/types'
import { Kbd } from '../../ui/Kbd'
import { isSecondClick } from '../../ui/press'
import { usePending } from './pending'
import { actionWords } from './words'

const order: readonly StepAction[] = ['unblock', 'retry', 'activate', 'start', 'complete', 'decide']

interface Props {
  row: StepRow
  /** Its key is printed on it: it belongs to the line that is chosen. */
  chosen: boolean
  onPress: (row: StepRow, action: StepAction) => void
}

/** The one button of a step that carries the night on, of those that the server allows. */
export function MainButton({ row, chosen, onPress }: Props) {
  const doing = usePending(row)
  const offline = useWhyOffline()
  const action = doing ?? order.find((one) => row.allowedActions.includes(one))
  if (action === undefined) return null
  const { label, doing: word, key } = actionWords[action]
  return (
    <Button
      size="xs" variant={chosen ? 'filled' : 'default'} data-action={action} aria-label={`${label} ${row.code}`} title={offline ?? undefined}
      disabled={doing !== undefined || offline !== null} leftSection={doing ? <Loader size={12} color="gray" /> : undefined}
      rightSection={chosen && !doing ? <Kbd of={key} /> : undefined}
      onClick={(event) => { event.stopPropagation(); if (!isSecondClick(event)) onPress(row, action) }}
    >
      {doing ? word : label}
    </Button>
  )
}
