import { Button } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { rollCallQuery } from '../../api/spoken'
import type { CalledTeam, RollCall } from '../../api/types'
import { clock, millis, zoneName } from '../../lib/time'
import { useZone } from '../../ui/zone'
import { useHere } from './useRollCall'
import classes from './roll-call.module.css'

function Ask({ iterationId, team, called }: { iterationId: string; team: CalledTeam; called: RollCall }) {
  const [note, setNote] = useState('')
  const here = useHere(iterationId)
  const whyOff = useWhyOffline()
  const { zone } = useZone()
  const due = millis(called.dueAt)
  return (
    <section className={classes.ask} aria-label={`Roll-call: ${team.name}`} data-ask={team.code}>
      <p className={classes.question}>
        <IconHandStop size={18} aria-hidden />
        <span><b>Your team {team.name} is asked: are you here?</b>{' '}
          <span className="dim num">{called.openedBy} calls the roll{due === null ? '' : `, by ${clock(due, zone)} ${zoneName(zone, due)}`}.</span></span>
      </p>
      <div className={classes.answer}>
        <input
          className={classes.note} aria-label={`A word to the pilot from ${team.name} (optional)`} placeholder="A word to the pilot (optional)" maxLength={500}
          value={note} onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          size="md" className={classes.big ?? ''} loading={here.isPending} onClick={() => here.mutate({ teamId: team.teamId, note: note.trim() })}
          disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
        >
          {team.name} is here
        </Button>
      </div>
    </section>
  )
}

/** One big button for each team of mine that is asked; nothing where none is. */
export function RollCallAsk({ iterationId }: { iterationId: string }) {
  const called = useQuery(rollCallQuery(iterationId)).data?.rollCall
  const asked = called?.teams.filter(({ own, allowedActions }) => own && allowedActions.includes('here')) ?? []
  if (!called || asked.length === 0) return null
  return <>{asked.map((team) => <Ask key={team.teamId} iterationId={iterationId} team={team} called={called} />)}</>
}
