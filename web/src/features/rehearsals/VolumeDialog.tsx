import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { get, patch } from '../../api/client'
import { asProblem } from '../../api/problem'
import { rehearsalsKey } from '../../api/rehearsals'
import type { Iteration } from '../../api/types'
import { api } from '../../lib/paths'
import { Dialog } from '../../ui/Dialog'
import { NumberField } from '../../ui/NumberField'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { say } from '../../ui/notify'
import { ErrorState, LoadingRows } from '../../ui/states'

const rules = { above: 0, max: 1e15 }

interface Props {
  planId: string
  iterationId: string
  name: string
  onClose: () => void
}

function Form({ planId, iteration: { id, name, version, dataVolume }, onClose }: { planId: string; iteration: Iteration; onClose: () => void }) {
  const cache = useQueryClient()
  const [typed, setTyped] = useState<number | null | undefined>(dataVolume)
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (volume: number | null) => patch(api.iteration(id), version, { dataVolume: volume }),
    onSuccess: () => {
      say(`The data volume of ${name} is kept. Forecasts that learn from it follow within a minute.`)
      onClose()
      return cache.invalidateQueries({ queryKey: rehearsalsKey(planId) })
    },
  })
  const ready = typed !== undefined && typed !== dataVolume
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !save.isPending) save.mutate(typed)
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{name} is over: what was agreed on for it stays. How much data it moved is what happened, and can be said now.</Text>
        <NumberField label="Data volume" description="In the unit your team uses, the same for all iterations. Durations learned from it are scaled by it." rules={rules} value={typed} onChange={setTyped} data-autofocus />
        {save.error && <ProblemNotice problem={asProblem(save.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          <Button size="sm" type="submit" disabled={!ready} loading={save.isPending}>Save the data volume</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** How much data an iteration moved that is over. */
export function VolumeDialog({ planId, iterationId, name, onClose }: Props) {
  const seen = useQuery({ queryKey: ['data-volume', iterationId], queryFn: () => get<Iteration>(api.iteration(iterationId)), gcTime: 0 })
  return (
    <Dialog onClose={onClose} title={`Data volume of ${name}`}>
      {seen.isPending && <LoadingRows rows={2} label="Loading the iteration" />}
      {seen.isError && <ErrorState problem={asProblem(seen.error)} onRetry={() => void seen.refetch()} />}
      {seen.data && <Form planId={planId} iteration={seen.data} onClose={onClose} />}
    </Dialog>
  )
}
