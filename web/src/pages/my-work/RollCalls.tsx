import { useQuery } from '@tanstack/react-query'
import { rollCallQuery } from '../../api/spoken'
import type { Migration } from '../../api/types'
import { RollCallAsk } from '../../features/roll-call/RollCallAsk'

/** A roll-call comes before T-0, when no step is anybody's yet and no event is listened to: one looks now and then. */
const lookAgain = 10_000
const called: readonly string[] = ['scheduled', 'live', 'on_hold', 'backing_out']

function RollCallOf({ iterationId }: { iterationId: string }) {
  useQuery({ ...rollCallQuery(iterationId), refetchInterval: lookAgain })
  return <RollCallAsk iterationId={iterationId} />
}

/** Who of my teams is asked whether they are here: of every iteration that runs or is about to. */
export function RollCalls({ migrations }: { migrations: readonly Migration[] }) {
  return migrations.flatMap(({ iterations }) => iterations)
    .filter(({ state }) => called.includes(state))
    .map(({ id }) => <RollCallOf key={id} iterationId={id} />)
}
