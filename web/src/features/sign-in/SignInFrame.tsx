import type { ReactNode } from 'react'
import classes from './sign-in.module.css'

/** The quiet surroundings of signing in: the name, one card, one line below it. */
export function SignInFrame({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.brand}>
        <span className={classes.logo} aria-hidden>T−</span>
        <span>Tminus</span>
      </div>
      <section className={classes.card}>{children}</section>
      {foot !== undefined && <p className={classes.foot}>{foot}</p>}
    </main>
  )
}
