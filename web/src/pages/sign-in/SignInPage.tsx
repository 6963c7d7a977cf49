import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { sessionQuery } from '../../api/queries'
import type { Session } from '../../api/types'
import { AskForLink } from '../../features/sign-in/AskForLink'
import { SignInFrame } from '../../features/sign-in/SignInFrame'
import { takeToken, tokenIn } from '../../features/sign-in/token'
import { WithToken } from '../../features/sign-in/WithToken'
import { safeReturn } from '../../lib/paths'
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

/** Signing in: by a link's token, or by asking for one. */
export function SignInPage() {
  const token = useToken()
  const { to } = useSearch({ strict: false })
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
      {token === '' ? <AskForLink lead label="Send me a link" /> : <WithToken key={token} token={token} onSignedIn={signedIn} />}
    </SignInFrame>
  )
}
