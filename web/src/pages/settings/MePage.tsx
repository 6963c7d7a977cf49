import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { migrationsQuery, sessionQuery } from '../../api/queries'
import { MyName } from '../../features/people/me/MyName'
import { MyPassword } from '../../features/people/me/MyPassword'
import { MySessions } from '../../features/people/me/MySessions'
import { StandingIn } from '../../features/people/me/StandingIn'
import { paths } from '../../lib/paths'
import { Card } from '../../ui/Card'
import { ErrorState, LoadingRows } from '../../ui/states'
import { onlyZone, useMigrationZone } from '../../ui/zone'
import classes from './settings.module.css'

/** Oneself: name, password, sessions, tokens, and for whom one acts. */
export function MePage() {
  const session = useQuery(sessionQuery)
  const migrations = useQuery(migrationsQuery).data ?? []
  const whyOff = useWhyOffline()
  useMigrationZone(onlyZone(migrations))
  const user = session.data?.user
  return (
    <>
      <header><h1>Me</h1></header>
      <Card className={classes.narrow ?? ''}>
        {user && (
          <>
            <MyName user={user} migrations={migrations} />
            <StandingIn user={user} migrations={migrations} />
            <MyPassword user={user} whyOff={whyOff} />
            <MySessions user={user} whyOff={whyOff} />
          </>
        )}
        {session.isPending && <LoadingRows rows={6} label="Loading who you are" />}
        {session.isError && !user && <ErrorState problem={asProblem(session.error)} onRetry={() => void session.refetch()} />}
      </Card>
      <p className={classes.foot}>Scripts that act for you use <Link to={paths.settings('tokens')}>API tokens</Link>.</p>
    </>
  )
}
