import { Button, Group, Stack, Text } from '@mantine/core'
import { asProblem } from '../../api/problem'
import { Dialog } from '../../ui/Dialog'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useDiscard } from './usePlans'

interface Props {
  migrationId: string
  version: { id: string; number: number }
  onDone: () => void
  onClose: () => void
}

/** Removes a draft with all its edits. Whose work would go too is named before it does. */
export function DiscardDialog({ migrationId, version, onDone, onClose }: Props) {
  const discard = useDiscard(migrationId, version.id, () => {
    say(`The draft of version ${version.number} is removed.`)
    onDone()
  })
  const problem = discard.error && asProblem(discard.error)
  const theirs = problem?.code === 'others_wrote' ? (problem.body as { version?: number }).version : undefined
  return (
    <Dialog onClose={onClose} title={`Remove the draft of version ${version.number}?`}>
      <Stack gap="sm">
        <Text size="sm">All that was changed in it goes, and there is no way back. The versions before it stay as they are.</Text>
        {problem && <ProblemNotice problem={problem} title={theirs === undefined ? problem.title : 'Others wrote to it'} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Keep it</Button>
          <Button size="sm" color="red" loading={discard.isPending} onClick={() => discard.mutate(theirs)} data-autofocus>
            {theirs === undefined ? 'Remove the draft' : 'Remove it with their work'}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
