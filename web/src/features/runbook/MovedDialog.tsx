import { Button, Group, Stack, Text } from '@mantine/core'
import type { Iteration } from '../../api/types'
import { iterationStateWord } from '../../lib/states'
import { millis, near } from '../../lib/time'
import { Dialog } from '../../ui/Dialog'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'

/** Takes the place of a question when somebody else has moved the iteration meanwhile: who, when, why. */
export function MovedDialog({ iteration, title, onClose }: { iteration: Iteration; title: string; onClose: () => void }) {
  const now = useNow(60_000)
  const { zone } = useZone()
  const at = millis(iteration.stateSince)
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="sm" role="alert">
        <Text size="sm">
          <b>{iteration.stateBy} was faster.</b> {iteration.name} is {iterationStateWord[iteration.state].toLowerCase()}
          {at !== null && <> since <span className="num">{near(at, now, zone)}</span></>}
          {iteration.stateReason ? `: ${iteration.stateReason}` : ''}. Nothing of yours was sent.
        </Text>
        <Group justify="flex-end" gap="xs"><Button data-autofocus onClick={onClose}>Look at it as it is now</Button></Group>
      </Stack>
    </Dialog>
  )
}
