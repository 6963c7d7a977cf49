import { useEffect, useState } from 'react'
import { LinkedQuestion } from '../../features/decisions/LinkedQuestion'
import { EmptyState } from '../../ui/states'
import classes from './decide.module.css'

/** The secret behind `#`: it is sent to no server on the way, and stays in the address, so that one can come back. */
const tokenIn = (hash: string): string => hash.replace(/^#/, '').trim()

function useToken(): string {
  const [token, setToken] = useState(() => tokenIn(window.location.hash))
  useEffect(() => {
    const take = () => setToken(tokenIn(window.location.hash))
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return token
}

/** /decide#…: where a personal link leads. No shell and no session: one question, one person. */
export function DecidePage() {
  const token = useToken()
  return (
    <main className={classes.page}>
      <div className={classes.brand}><span className={classes.logo} aria-hidden>T−</span> Tminus</div>
      <section className={classes.card}>
        {token === ''
          ? <EmptyState title="Here is no question">Open the whole link of the message you were sent.</EmptyState>
          : <LinkedQuestion key={token} token={token} />}
      </section>
      <p className={classes.foot}>Your answer goes into the log under your name, with its reason and time. This link is yours alone: do not pass it on.</p>
    </main>
  )
}
