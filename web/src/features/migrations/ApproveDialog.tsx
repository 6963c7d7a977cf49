import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '../../api/client'
import { asProblem } from '../../api/problem'
import { cacheKeys } from '../../api/queries'
import type { Plan, PlanVersion } from '../../api/types'
import { figure } from '../../lib/figure'
import { api } from '../../lib/paths'
import { Dialog } from '../../ui/Dialog'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'

/** Approving asks once and names its effect. Who wrote a version can't approve it: the server says so in words. */
export function ApproveDialog({ plan, version, onClose }: { plan: Plan; version: PlanVersion; onClose: () => void }) {
  const cache = useQueryClient()
  // What is approved is what stood there when the question was asked; the server refuses what came after.
  const [seen] = useState(version.version)
  const before = plan.versions.find(({ status }) => status === 'approved')
  const approve = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      post(api.planVersionApprove(version.id), { version: seen }),
    onSuccess: async () => {
      say(`Version ${version.number} of ${plan.name} is approved.`)
      await cache.invalidateQueries({ queryKey: cacheKeys.plans(plan.migrationId) })
      onClose()
    },
  })
  return (
    <Dialog onClose={onClose} title={`Approve version ${version.number}`}>
      <Stack gap="sm">
        <Text size="sm">
          Version {version.number} of {plan.name} ({figure(version.steps)} steps, rollback chapters included) then never changes again,
          and iterations can be made from it. {before && `Version ${before.number} is superseded; what was made from it stays as it is.`}
        </Text>
        {approve.error && <ProblemNotice problem={asProblem(approve.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          <Button size="sm" loading={approve.isPending} onClick={() => approve.mutate()}>Approve version {version.number}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
