import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { rehearsalsQuery } from '../../api/rehearsals'
import { RehearsalsView } from '../../features/rehearsals/RehearsalsView'
import { paths } from '../../lib/paths'
import { type RehearsalSearch, rehearsalsPath } from '../../lib/rehearsalPaths'
import { ErrorState, LoadingRows } from '../../ui/states'
import { useMigrationZone } from '../../ui/zone'
import classes from './rehearsals-page.module.css'

/** /migrations/$key/rehearsals/$id: the iterations of one plan side by side, and what the plan can learn of them. */
export function RehearsalsPage() {
  const { key, id } = useParams({ from: '/signed-in/migrations/$key/rehearsals/$id' })
  const search: RehearsalSearch = useSearch({ from: '/signed-in/migrations/$key/rehearsals/$id' })
  const navigate = useNavigate()
  const whyOff = useWhyOffline()
  const found = useQuery(rehearsalsQuery(id))
  useMigrationZone(found.data?.zone)
  const go = (next: RehearsalSearch) => void navigate({ href: rehearsalsPath(key, id, next), replace: true, resetScroll: false })
  return (
    <div className={classes.page}>
      <Link to={paths.plans(key)} className={classes.crumb ?? ''}>Plans of {key}</Link>
      <h1>Rehearsals{found.data ? ` of ${found.data.planName}` : ''}</h1>
      {found.isPending && <LoadingRows rows={12} label="Loading the rehearsals" />}
      {found.isError && !found.data && <ErrorState problem={asProblem(found.error)} onRetry={() => void found.refetch()} />}
      {found.data && <RehearsalsView all={found.data} search={search} whyOff={whyOff} onSearch={go} />}
    </div>
  )
}
