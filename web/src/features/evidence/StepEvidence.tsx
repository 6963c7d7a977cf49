import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { evidenceQuery } from '../../api/controls'
import { asProblem } from '../../api/problem'
import type { StepRow } from '../../api/types'
import { ErrorState, LoadingRows } from '../../ui/states'
import { AddEvidence } from './AddEvidence'
import { EvidenceItems } from './EvidenceItems'

function nothingWords({ evidenceRequired }: StepRow, mayAdd: boolean): string {
  if (evidenceRequired) return mayAdd ? 'It is not complete before something is shown.' : 'It asks for evidence; none was given yet.'
  return 'None was given; none is asked for.'
}

/** What was shown for a step, and a way to show more for who may. */
export function StepEvidence({ iterationId, step }: { iterationId: string; step: StepRow }) {
  const query = useQuery(evidenceQuery(iterationId, step.code))
  if (query.isPending) return <LoadingRows rows={2} label="Loading the evidence" />
  if (query.isError && !query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const { items, mayAdd } = query.data
  return (
    <>
      {items.length === 0 ? <Text size="xs" c="dimmed">{nothingWords(step, mayAdd)}</Text> : <EvidenceItems iterationId={iterationId} items={items} />}
      {mayAdd && <AddEvidence aim={{ iterationId, stepCode: step.code }} />}
    </>
  )
}
