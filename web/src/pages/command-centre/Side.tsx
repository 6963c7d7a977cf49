import { TitledCard } from '../../features/command-centre/TitledCard'
import { Conversation } from '../../features/conversation/Conversation'
import { Handover } from '../../features/conversation/Handover'
import { OpenDecisions } from '../../features/decisions/OpenDecisions'
import { Impediments } from '../../features/impediments/Impediments'
import { UndeliveredList } from '../../features/messages/UndeliveredList'
import { RollCall } from '../../features/roll-call/RollCall'

/** What stands beside the Now list: one card for each thing that somebody must not forget. */
export function Side({ iterationId, handover }: { iterationId: string; handover: string }) {
  return (
    <>
      <OpenDecisions iterationId={iterationId} />
      <TitledCard title="Impediments"><Impediments iterationId={iterationId} /></TitledCard>
      <TitledCard title="Undelivered messages"><UndeliveredList iterationId={iterationId} /></TitledCard>
      <TitledCard title="Roll-call"><RollCall iterationId={iterationId} /></TitledCard>
      <TitledCard title="Hand-over"><Handover iterationId={iterationId} prefill={handover} /></TitledCard>
      <TitledCard title="Conversation"><Conversation iterationId={iterationId} /></TitledCard>
    </>
  )
}
