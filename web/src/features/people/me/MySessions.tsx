import { Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { post } from '../../../api/client'
import type { Session } from '../../../api/types'
import { api, paths } from '../../../lib/paths'
import { AskOnce } from '../AskOnce'
import classes from '../people.module.css'

function Ask({ userId, onClose }: { userId: string; onClose: () => void }) {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const asking = useMutation({
    meta: { quiet: true },
    mutationFn: () => post(api.userSignOut(userId)),
    onSuccess: async () => {
      await navigate({ to: paths.signIn() })
      cache.clear()
    },
  })
  return (
    <AskOnce title="Sign out everywhere?" button="Sign out everywhere" keep="Stay signed in" asking={asking} onClose={onClose}>
      <Text size="sm">Every session of yours ends, in this browser too. API tokens go on working; they are revoked one by one.</Text>
    </AskOnce>
  )
}

/** Where one is signed in: ending all of it at once. */
export function MySessions({ user, whyOff }: { user: Session['user']; whyOff: string | null }) {
  const [asked, setAsked] = useState(false)
  return (
    <section className={classes.part} aria-labelledby="my-sessions">
      <div>
        <h2 id="my-sessions">Sessions</h2>
        <p>Left a browser open somewhere, or lost a phone? End every session at once, and sign in anew here.</p>
      </div>
      <Button
        variant="default" disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
        onClick={() => setAsked(true)}
      >
        Sign out everywhere
      </Button>
      {asked && <Ask userId={user.id} onClose={() => setAsked(false)} />}
    </section>
  )
}
