import { Button, Loader } from '@mantine/core'
import { IconLinkOff } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { post } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Session } from '../../api/types'
import { api } from '../../lib/paths'
import { AskForLink } from './AskForLink'
import { refusalOf } from './refusal'
import classes from './sign-in.module.css'

/** Signs in with a link's token, once; says why when it does not work, and what to do. */
export function WithToken({ token, onSignedIn }: { token: string; onSignedIn: (session: Session) => void }) {
  const { mutate, ...signIn } = useMutation({
    meta: { quiet: true },
    mutationFn: () => post<Session>(api.signIn(), { token }),
    onSuccess: onSignedIn,
  })
  const begun = useRef(false)
  useEffect(() => {
    // A link works once: a second post of it would be refused.
    if (begun.current) return
    begun.current = true
    mutate()
  }, [mutate])

  if (!signIn.isError) {
    return <div className={classes.going} role="status"><Loader size="sm" /> Signing you in…</div>
  }
  const refusal = refusalOf(asProblem(signIn.error))
  return (
    <>
      <div className={classes.refusal} role="alert">
        <IconLinkOff size={20} aria-hidden />
        <div>
          <h1>{refusal.title}</h1>
          <p>{refusal.what}</p>
          <p>{refusal.todo}</p>
          {refusal.again && <Button size="sm" variant="default" mt={6} onClick={() => mutate()}>Try again</Button>}
        </div>
      </div>
      <AskForLink lead={false} label="Send me a new link" />
    </>
  )
}
