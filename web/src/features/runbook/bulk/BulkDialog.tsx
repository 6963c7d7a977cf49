import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { BulkResult, StepRow } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { actionWords } from '../words'
import { type BulkAction, bulkNeedsReason } from './actions'
import { BulkResults, refusedOf } from './BulkResults'
import { clearChosen } from './chosen'
import { useBulk } from './useBulk'

interface Props {
  iterationId: string
  rows: readonly StepRow[]
  action: BulkAction
  onClose: () => void
}

/** Asks once for all of them, names how many, and stays to say what became of each. */
export function BulkDialog({ iterationId, rows: found, action, onClose }: Props) {
  const [rows] = useState(found)
  const [mode, setMode] = useState<'together' | 'each'>('together')
  const [reason, setReason] = useState('')
  const bulk = useBulk(iterationId)
  const { label } = actionWords[action]
  const missing = bulkNeedsReason(action) && reason.trim() === ''
  const results: BulkResult[] | null = bulk.data?.results ?? null
  const problem = bulk.error === null ? null : asProblem(bulk.error)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!missing && !bulk.isPending) bulk.mutate({ rows, action, mode, reason: reason.trim() })
  }
  if (results !== null) {
    return (
      <Dialog key="results" title={`${label}: ${results.filter(({ done }) => done).length} of ${results.length} done`} onClose={onClose}>
        <BulkResults results={results} />
        <Group justify="flex-end" mt="sm">
          <Button data-autofocus onClick={() => { clearChosen(); onClose() }}>Close</Button>
        </Group>
      </Dialog>
    )
  }
  return (
    <Dialog key="question" title={`${label} ${rows.length} steps?`} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" className="num" lineClamp={3}>{rows.map(({ code }) => code).join(', ')}</Text>
          <Radio.Group label="If one of them cannot be" value={mode} onChange={(value) => setMode(value)}>
            <Stack gap={6} mt={6}>
              <Radio value="together" label="nothing is done: all of them or none" />
              <Radio value="each" label="the others are done all the same: each on its own" />
            </Stack>
          </Radio.Group>
          {bulkNeedsReason(action) && (
            <Textarea
              label="Reason, the same for all" autosize minRows={2} maxRows={6} maxLength={2000} required value={reason}
              data-autofocus onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {problem !== null && (
            <div role="alert">
              <Text size="sm" fw={600}>{problem.message}</Text>
              <BulkResults results={refusedOf(problem.body)} />
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Back</Button>
            <Button type="submit" disabled={missing} loading={bulk.isPending} color={action === 'fail' || action === 'cancel' ? 'red' : 'blue'}>
              {label} {rows.length} steps
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
