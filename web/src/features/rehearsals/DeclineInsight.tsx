import { asProblem } from '../../api/problem'
import type { Insight } from '../../api/rehearsals'
import { DeclineForm } from '../../ui/DeclineForm'
import { useDeclineInsight } from './useInsights'

interface Props {
  of: { planId: string; migrationId: string }
  insight: Insight
  onClose: () => void
}

/** Says why the plan stays as it is: whoever looks at the next rehearsal will ask. */
export function DeclineInsight({ of, insight, onClose }: Props) {
  const decline = useDeclineInsight(of, insight, onClose)
  return (
    <DeclineForm
      title={`Leave ${insight.stepCode} as it is`} told={insight.sentence} problem={decline.error && asProblem(decline.error)}
      pending={decline.isPending} onDecline={(reason) => decline.mutate(reason)} onClose={onClose}
    />
  )
}
