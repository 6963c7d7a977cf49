import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type SyntheticEvent, useState } from 'react'
import { asProblem } from '../../../api/problem'
import { stepActionsQuery } from '../../../api/queries'
import type { Board, BulkResult, StepRow } from '../../../api/types'
import { serverNow } from '../../../lib/serverTime'
import { Dialog } from '../../../ui/Dialog'
import { useZone } from '../../../ui/zone'
import { actionWords } from '../words'
import { type BulkAction, bulkNeedsReason, type Split, split } from './actions'
import { BulkResults, refusedOf } from './BulkResults'
import { clearChosen } from './chosen'
import { useBulk } from './useBulk'
import classes from './bulk.module.css'

interface Props {
  board: Board
  rows: readonly StepRow[]
  action: BulkAction
  onClose: () => void
}

/** Which of the chosen it is done to, as they were when it was asked: what changes meanwhile, the server says. */
function useSplit({ board, rows, action }: Props): Split {
  const cache = useQueryClient()
  const { zone } = useZone()
  const [parts] = useState(() => split(rows, action, { board, table: cache.getQueryData(stepActionsQuery.queryKey), now: serverNow(), zone }))
  return parts
}

/** What is not acted on, each with its reason. */
function LeftOut({ left }: Pick<Split, 'left'>) {
  if (left.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>{left.length === 1 ? 'One of the chosen is' : `${left.length} of the chosen are`} left out</Text>
      <ul className={classes.left} aria-label="Left out">
        {left.map(({ row, why }) => <li key={row.id}>{why}</li>)}
      </ul>
    </div>
  )
}

/** Asks once for all of them, names how many, and stays to say what became of each. */
export function BulkDialog(props: Props) {
  const { board, action, onClose } = props
  const { able: rows, left } = useSplit(props)
  const [mode, setMode] = useState<'together' | 'each'>('together')
  const [reason, setReason] = useState('')
  const bulk = useBulk(board.iteration.id)
  const { label } = actionWords[action]
  const steps = rows.length === 1 ? '1 step' : `${rows.length} steps`
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
    <Dialog key="question" title={`${label} ${steps}?`} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" className="num" lineClamp={3}>{rows.map(({ code }) => code).join(', ')}</Text>
          <LeftOut left={left} />
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
              {label} {steps}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
