import { IconDoorExit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { asProblem } from '../../api/problem'
import { sessionQuery } from '../../api/queries'
import classes from './sign-in.module.css'

/** Who comes here because their session ended is told so, in the server's words; whoever comes anew sees nothing. */
export function SessionOver() {
  const { error } = useQuery(sessionQuery)
  const problem = error ? asProblem(error) : null
  if (problem?.code !== 'session_over') return null
  return (
    <div className={classes.over} role="alert" data-testid="session-over">
      <IconDoorExit size={20} aria-hidden />
      <div>
        <h1>You are signed out</h1>
        <p>{problem.detail}</p>
        <p className="dim">Its time was up, or an admin ended it. If signing in does not work any more either, ask an admin.</p>
      </div>
    </div>
  )
}
