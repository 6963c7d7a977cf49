import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { asProblem } from '../../api/problem'
import { endCheckQuery } from '../../api/queries'
import type { Iteration } from '../../api/types'
import { ErrorState } from '../../ui/states'
import { Findings, stops } from './Findings'
import { ReasonDialog } from './ReasonDialog'

interface Props {
  iteration: Iteration
  effect: string
  onConfirm: () => void
  onClose: () => void
}

/** Complete asks once, and names what is still open: steps, which stop it, and all else that would be left behind. */
export function CompleteDialog({ iteration, effect, onConfirm, onClose }: Props) {
  const check = useQuery(endCheckQuery(iteration.id))
  const findings = check.data?.findings
  return (
    <ReasonDialog
      title={`Complete ${iteration.name}?`} effect={effect} withReason={false} button="Complete" color="teal" onClose={onClose} onConfirm={onConfirm}
      stopped={findings === undefined || stops(findings)}
      more={(
        <div aria-live="polite">
          {check.isPending && <Skeleton h={48} aria-label="Looking for what is still open" />}
          {check.isError && <ErrorState problem={asProblem(check.error)} onRetry={() => void check.refetch()} />}
          {findings?.length === 0 && <Text size="sm" c="dimmed">Nothing is open: no step, impediment, decision, roll-call or undelivered message.</Text>}
          {findings && <Findings findings={findings} stopping="These stop it" warning="Still open; nothing of it stops you" />}
        </div>
      )}
    />
  )
}
