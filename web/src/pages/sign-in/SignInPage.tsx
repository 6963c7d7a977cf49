import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { sessionQuery } from '../../api/queries'
import type { Session } from '../../api/types'
import { AskForLink } from '../../features/sign-in/AskForLink'
import { SessionOver } from '../../features/sign-in/SessionOver'
import { SignInFrame } from '../../features/sign-in/SignInFrame'
import { takeToken, tokenIn } from '../../features/sign-in/token'
import { WithPassword } from '../../features/sign-in/WithPassword'
import { WithToken } from '../../features/sign-in/WithToken'
import { paths, safeReturn } from '../../lib/paths'
import { noteServerTime } from '../../lib/serverTime'

/** A link that is opened while this page is already on screen changes the part behind `#` only. */
function useToken(): string {
  const [token, setToken] = useState(() => tokenIn(window.location.hash))
  useEffect(() => {
    const take = () => {
      const found = takeToken()
      if (found !== '') setToken(found)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return token
}

/** The two ways in without a link in hand; the address is kept from one to the other. */
function WaysIn({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const { to, by } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const [email, setEmail] = useState('')
  const way = (by?: 'password') => void navigate({ href: paths.signIn(to, by), replace: true })
  return (
    <>
      <SessionOver />
      {by === 'password'
        ? <WithPassword email={email} setEmail={setEmail} onSignedIn={onSignedIn} onLink={() => way()} />
        : <AskForLink lead label="Send me a link" kept={{ email, setEmail, onPassword: () => way('password') }} />}
    </>
  )
}

/** Signing in: by a link's token, by asking for one, or by a password. */
export function SignInPage() {
  const token = useToken()
  const { to } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const cache = useQueryClient()

  const signedIn = (session: Session) => {
    // What somebody else saw in this browser is nobody's business now.
    cache.clear()
    noteServerTime(session.now)
    cache.setQueryData(sessionQuery.queryKey, session)
    void navigate({ href: safeReturn(to), replace: true })
  }
  return (
    <SignInFrame foot="In the demo, the sign-in links stand in the terminal where Tminus was started.">
      {token === '' ? <WaysIn onSignedIn={signedIn} /> : <WithToken key={token} token={token} onSignedIn={signedIn} />}
    </SignInFrame>
  )
}
