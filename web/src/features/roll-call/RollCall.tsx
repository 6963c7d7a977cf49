import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { rollCallQuery } from '../../api/spoken'
import type { RollCall as Called } from '../../api/types'
import { millis, near, zoneName } from '../../lib/time'
import { ErrorState, LoadingRows } from '../../ui/states'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { OpenDialog } from './OpenDialog'
import { TeamLine } from './TeamLine'
import { useCloseRollCall, useHere } from './useRollCall'
import classes from './roll-call.module.css'

function Head({ called, now, zone }: { called: Called; now: number; zone: string }) {
  const at = (iso: string | null) => near(millis(iso) ?? 0, now, zone)
  const due = millis(called.dueAt)
  const missing = called.teams.length - called.here
  const late = due !== null && due < now && missing > 0 && called.closedAt === null
  return (
    <p className={classes.head}>
      <b className="num">{called.here} of {called.teams.length} here</b>
      <span className="num dim">called by {called.openedBy}, {at(called.openedAt)}</span>
      {due !== null && <span className={late ? `${classes.late} num` : 'num dim'}>{late ? 'was due' : 'due'} {at(called.dueAt)} {zoneName(zone, due)}</span>}
      {called.told !== null && <span className="dim">{called.told}</span>}
      {called.closedAt !== null && <span className="num dim">closed by {called.closedBy}, {at(called.closedAt)}</span>}
    </p>
  )
}

function Teams({ iterationId, called, now, zone }: { iterationId: string; called: Called; now: number; zone: string }) {
  const here = useHere(iterationId)
  const whyOff = useWhyOffline()
  return (
    <ul className={classes.teams} aria-label="Teams, the missing ones first">
      {called.teams.map((team) => (
        <TeamLine
          key={team.teamId} team={team} now={now} zone={zone} closed={called.closedAt !== null} whyOff={whyOff}
          pending={here.isPending && here.variables.teamId === team.teamId} onHere={() => here.mutate({ teamId: team.teamId })}
        />
      ))}
    </ul>
  )
}

/** Who is here before T-0: how many of how many, who is missing and how to reach them. */
export function RollCall({ iterationId }: { iterationId: string }) {
  const query = useQuery(rollCallQuery(iterationId))
  const close = useCloseRollCall(iterationId)
  const [opening, setOpening] = useState(false)
  const whyOff = useWhyOffline()
  const { zone } = useZone()
  const now = useNow(30_000)
  if (query.isPending) return <LoadingRows rows={2} label="Loading the roll-call" />
  if (!query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const { rollCall, allowedActions, messages } = query.data
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  return (
    <div className={classes.rollCall}>
      {rollCall ? <Head called={rollCall} now={now} zone={zone} /> : <Text size="sm" c="dimmed">The roll was not called yet.</Text>}
      {rollCall && <Teams iterationId={iterationId} called={rollCall} now={now} zone={zone} />}
      {allowedActions.includes('open') && <Text size="xs" c="dimmed">{messages}</Text>}
      <div className={classes.buttons}>
        {allowedActions.includes('open') && <Button size="compact-sm" variant="default" onClick={() => setOpening(true)} {...off}>{rollCall ? 'Call it again' : 'Call the roll'}</Button>}
        {allowedActions.includes('close') && <Button size="compact-sm" variant="default" loading={close.isPending} onClick={() => close.mutate()} {...off}>Close the roll-call</Button>}
      </div>
      {opening && <OpenDialog iterationId={iterationId} now={query.data} onClose={() => setOpening(false)} />}
    </div>
  )
}
