import { Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { post } from '../../../api/client'
import type { User } from '../../../api/types'
import { api } from '../../../lib/paths'
import { say } from '../../../ui/notify'
import { AskOnce } from '../AskOnce'

const ended = (sessions: number): string =>
  sessions === 0 ? 'was not signed in anywhere.' : `is signed out: ${sessions} ${sessions === 1 ? 'session' : 'sessions'} ended.`

/** Ends every session of somebody: a lost laptop. They may sign in again. */
export function SignOutDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const asking = useMutation({
    meta: { quiet: true },
    mutationFn: () => post<{ sessions: number }>(api.userSignOut(user.id)),
    onSuccess: ({ sessions }) => {
      say(`${user.name} ${ended(sessions)}`)
      onClose()
    },
  })
  return (
    <AskOnce title={`Sign out ${user.name} everywhere?`} button="Sign out" keep="Leave it" asking={asking} onClose={onClose}>
      <Text size="sm">Every session of theirs ends at once, for a lost laptop or phone. They may sign in again, and their tokens go on working.</Text>
    </AskOnce>
  )
}
