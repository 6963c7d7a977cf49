import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { remove } from '../../api/client'
import { cacheKeys } from '../../api/queries'
import type { Token } from '../../api/types'
import { api } from '../../lib/paths'
import { day, millis } from '../../lib/time'
import { Dialog } from '../../ui/Dialog'
import { say } from '../../ui/notify'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { expiryOf, lastUseOf } from './lives'
import classes from './tokens.module.css'

function RevokeDialog({ token, onClose }: { token: Token; onClose: () => void }) {
  const cache = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => remove(api.token(token.id)),
    onSuccess: async () => {
      say(`${token.name} is revoked.`)
      await cache.invalidateQueries({ queryKey: cacheKeys.tokens })
    },
    onSettled: onClose,
  })
  return (
    <Dialog onClose={onClose} title={`Revoke ${token.name}?`}>
      <Stack gap="sm">
        <Text size="sm">Whatever uses it is refused from now on. A revoked token cannot be brought back; a new one can be made.</Text>
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Keep it</Button>
          <Button size="sm" color="red" loading={revoke.isPending} onClick={() => revoke.mutate()} data-autofocus>Revoke</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

/** One's own tokens: what for, since when, how long, last used. */
export function TokenList({ tokens }: { tokens: readonly Token[] }) {
  const now = useNow(60_000)
  const { zone } = useZone()
  const [asked, setAsked] = useState<Token | null>(null)
  return (
    <>
      <ul className={classes.list} aria-label="API tokens">
        {tokens.map((token) => {
          const expiry = expiryOf(token, now, zone)
          return (
            <li key={token.id}>
              <b className={classes.name}>{token.name}</b>
              <span className="dim num">Made {day(millis(token.createdAt) ?? now, zone)}</span>
              <span className="num" data-tone={expiry.tone}>{expiry.text}</span>
              <span className="dim num">{lastUseOf(token, now)}</span>
              <Button variant="default" onClick={() => setAsked(token)} aria-label={`Revoke ${token.name}`}>Revoke</Button>
            </li>
          )
        })}
      </ul>
      {asked && <RevokeDialog token={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
