import type { Board, StepDetail } from '../../api/types'
import { Conversation } from '../../features/conversation/Conversation'
import { Impediments } from '../../features/impediments/Impediments'
import { ProposeButton } from '../../features/proposals/ProposeButton'
import { Section } from '../../features/runbook/panel/Section'

/** What stands beside a step's own work: what is in its way, what people say of it, what it teaches the plan. */
export function StepMore({ board, step }: { board: Board; step: StepDetail }) {
  const { id } = board.iteration
  return (
    <>
      <Section title="Impediments"><Impediments key={step.id} iterationId={id} stepCode={step.code} /></Section>
      <Section title="Conversation"><Conversation key={step.id} iterationId={id} stepCode={step.code} /></Section>
      <ProposeButton key={step.id} board={board} step={step} />
    </>
  )
}
