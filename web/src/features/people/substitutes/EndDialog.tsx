import { Text } from '@mantine/core'
import type { Substitute } from '../../../api/types'
import { say } from '../../../ui/notify'
import { AskOnce } from '../AskOnce'
import { useEndSubstitute } from './useSubstitute'

/** Ends a substitution before its time. */
export function EndDialog({ migrationId, one, onClose }: { migrationId: string; one: Substitute; onClose: () => void }) {
  const asking = useEndSubstitute(migrationId, one, () => {
    say(`${one.substitute.name} does not act for ${one.absent.name} any more.`)
    onClose()
  })
  const [title, button] = one.active ? ['End it now?', 'End it'] : ['Call it off?', 'Call it off']
  return (
    <AskOnce title={`${one.substitute.name} for ${one.absent.name}: ${title}`} button={button} keep="Leave it" asking={asking} onClose={onClose}>
      <Text size="sm">{one.substitute.name} has their own rights alone from then on. What was done until now stays as it is.</Text>
    </AskOnce>
  )
}
