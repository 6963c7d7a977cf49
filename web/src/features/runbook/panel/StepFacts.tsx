import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import type { StepDetail } from '../../../api/types'
import { dayClock, millis, zoneName } from '../../../lib/time'
import { useZone } from '../../../ui/zone'
import classes from './panel.module.css'

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <><dt>{name}</dt><dd>{children}</dd></>
}

function Team({ detail }: { detail: StepDetail }) {
  const { team } = detail
  if (!team) return detail.behaviour === 'milestone' ? null : <Fact name="Team"><span className="dim">No team has this step.</span></Fact>
  return (
    <Fact name="Team">
      <b>{team.name}</b>
      {team.phone !== null && <> · <Anchor href={`tel:${team.phone.replaceAll(' ', '')}`} inherit>{team.phone}</Anchor></>}
      {team.email !== null && <> · <Anchor href={`mailto:${team.email}`} inherit>{team.email}</Anchor></>}
    </Fact>
  )
}

/** Where it is done: the role as the plan says it, and what that is in this iteration. */
function Environment({ environment }: Pick<StepDetail, 'environment'>) {
  if (environment === null) return null
  return (
    <Fact name="Environment">
      {environment.role} <span aria-label="is">→</span> {environment.code === null ? <span className="dim">not said for this iteration</span> : <b>{environment.code}</b>}
    </Fact>
  )
}

function Moment({ name, at, note }: { name: string; at: string | null; note: string }) {
  const { zone } = useZone()
  const moment = millis(at)
  if (moment === null) return null
  return <Fact name={name}><span className="num">{dayClock(moment, zone)} {zoneName(zone, moment)}</span> <span className="dim">{note}</span></Fact>
}

/** Who does it, whom it touches, where, and when it may begin. */
export function StepFacts({ detail }: { detail: StepDetail }) {
  const { impactedTeams, applications, labels } = detail
  return (
    <dl className={classes.facts} data-testid="facts">
      <Team detail={detail} />
      {impactedTeams.length > 0 && <Fact name="Affects">{impactedTeams.map(({ name }) => name).join(', ')}</Fact>}
      {applications.length > 0 && <Fact name="Applications">{applications.join(', ')}</Fact>}
      <Environment environment={detail.environment} />
      <Moment name="Fixed start" at={detail.fixedStart} note="locked until then" />
      <Moment name="Not before" at={detail.notBefore} note="planned no earlier" />
      {labels.length > 0 && (
        <Fact name="Labels"><span className={classes.labels}>{labels.map((label) => <span key={label} className={classes.label}>{label}</span>)}</span></Fact>
      )}
    </dl>
  )
}
