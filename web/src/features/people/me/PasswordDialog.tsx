import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { post, remove } from '../../../api/client'
import { asProblem } from '../../../api/problem'
import { cacheKeys } from '../../../api/queries'
import type { Session } from '../../../api/types'
import { api } from '../../../lib/paths'
import { Dialog } from '../../../ui/Dialog'
import { say } from '../../../ui/notify'
import { ProblemNotice } from '../../../ui/ProblemNotice'

export type PasswordWish = 'set' | 'change' | 'remove'

const titles: Record<PasswordWish, string> = { set: 'Set a password', change: 'Change the password', remove: 'Remove the password' }
const effects: Record<PasswordWish, string> = {
  set: 'You can then sign in with your address and the password. Links by mail go on working. Your sessions in other browsers end.',
  change: 'The old one stops working at once. Your sessions in other browsers end.',
  remove: 'From then on you sign in by links that come by mail. This session goes on.',
}
const done: Record<PasswordWish, string> = {
  set: 'Your password is set.', change: 'Your password is changed.', remove: 'You have no password any more.',
}

function useWish(wish: PasswordWish, onDone: () => void) {
  const cache = useQueryClient()
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ current, next }: { current: string; next: string }): Promise<unknown> => {
      if (wish === 'remove') return remove(api.password(), { current })
      return post(api.password(), { ...(wish === 'change' ? { current } : {}), new: next })
    },
    onSuccess: async () => {
      say(done[wish])
      await cache.invalidateQueries({ queryKey: cacheKeys.session })
      onDone()
    },
  })
}

/** Sets, changes or removes one's password. What makes a good one is the server's to say. */
export function PasswordDialog({ wish, user, onClose }: { wish: PasswordWish; user: Session['user']; onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const asking = useWish(wish, onClose)
  const [asksCurrent, asksNext] = [wish !== 'set', wish !== 'remove']
  const ready = (!asksCurrent || current !== '') && (!asksNext || next !== '')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !asking.isPending) asking.mutate({ current, next })
  }
  return (
    <Dialog onClose={onClose} title={titles[wish]}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{effects[wish]}</Text>
          {/* For password managers, which keep a password with its address. */}
          <input type="email" autoComplete="username" value={user.email} readOnly hidden />
          {asksCurrent && (
            <PasswordInput
              data-autofocus label="Password you have now" size="sm" autoComplete="current-password" value={current}
              onChange={(event) => setCurrent(event.currentTarget.value)}
            />
          )}
          {asksNext && (
            <PasswordInput
              data-autofocus={asksCurrent ? undefined : true} label="New password" size="sm" autoComplete="new-password" value={next}
              description="Several words you can remember are better than a short one full of signs."
              onChange={(event) => setNext(event.currentTarget.value)}
            />
          )}
          {asking.error && <ProblemNotice problem={asProblem(asking.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" color={wish === 'remove' ? 'red' : 'blue'} disabled={!ready} loading={asking.isPending}>{titles[wish]}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
