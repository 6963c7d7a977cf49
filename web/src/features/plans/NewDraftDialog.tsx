import { Button, Group, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { asProblem } from '../../api/problem'
import { paths } from '../../lib/paths'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNewDraft } from './usePlans'

interface Props {
  plan: { id: string; name: string; migrationId: string; migrationKey: string }
  from: { id: string; number: number }
  onMade: (draft: { id: string; number: number }) => void
  onClose: () => void
}

/** Begins a draft as a copy of a version; where one was begun meanwhile, it leads there. */
export function NewDraftDialog({ plan, from, onMade, onClose }: Props) {
  const make = useNewDraft(plan.migrationId, plan.id, onMade)
  const problem = make.error && asProblem(make.error)
  const there = problem?.code === 'draft_exists' ? (problem.body as { versionId?: string; number?: number }) : undefined
  return (
    <Dialog onClose={onClose} title={`New draft from version ${from.number}`}>
      <Stack gap="sm">
        <Text size="sm">
          Version {from.number} of {plan.name} is copied into a draft that all pilots may edit. Version {from.number} and
          what was made from it stay as they are. A pilot who did not write to the draft approves it.
        </Text>
        {problem && <ProblemNotice problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          {there?.versionId !== undefined
            ? <Button size="sm" component={Link} to={paths.planVersion(plan.migrationKey, there.versionId)}>Open version {there.number}</Button>
            : <Button size="sm" loading={make.isPending} onClick={() => make.mutate(from.id)} data-autofocus>Make the draft</Button>}
        </Group>
      </Stack>
    </Dialog>
  )
}
