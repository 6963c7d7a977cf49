import type { Proposal } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { DeclineForm } from '../../ui/DeclineForm'
import { useDecline } from './useProposals'

/** Declines a proposal; whoever made it is owed the reason. */
export function DeclineDialog({ planId, proposal, onClose }: { planId: string; proposal: Proposal; onClose: () => void }) {
  const decline = useDecline(planId, proposal, onClose)
  return (
    <DeclineForm
      title={`Decline what ${proposal.by} proposed after ${proposal.stepCode}`} told={proposal.lesson} problem={decline.error && asProblem(decline.error)}
      pending={decline.isPending} onDecline={(reason) => decline.mutate(reason)} onClose={onClose}
    />
  )
}
