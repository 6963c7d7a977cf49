import { Anchor, Button } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconPhone } from '@tabler/icons-react'
import type { CalledTeam } from '../../api/types'
import { millis, near } from '../../lib/time'
import classes from './roll-call.module.css'

/** Numbers to call, the team's own first. */
export const phonesOf = ({ phone, people }: Pick<CalledTeam, 'phone' | 'people'>): { name: string; phone: string }[] => [
  ...(phone === null ? [] : [{ name: '', phone }]),
  ...people.flatMap(({ name, phone: own }) => (own === null ? [] : [{ name, phone: own }])),
]

const dial = (phone: string): string => `tel:${phone.replace(/[^+\d]/g, '')}`

function Missing({ team }: { team: CalledTeam }) {
  const phones = phonesOf(team)
  const names = team.people.map(({ name }) => name).join(', ')
  return (
    <>
      {phones.slice(0, 4).map(({ name, phone }) => (
        <span key={name + phone} className={classes.phone}>
          <IconPhone size={13} aria-hidden /> {name} <Anchor href={dial(phone)} className="num" size="xs">{phone}</Anchor>
        </span>
      ))}
      {phones.length === 0 && <span className="dim">{names === '' ? 'nobody is in it' : `${names}: no telephone is known`}</span>}
    </>
  )
}

/** A team of the roll-call: here, by whom and when; or missing, and how to reach it. */
export function TeamLine({ team, now, zone, closed, onHere, pending, whyOff }: {
  team: CalledTeam
  now: number
  zone: string
  closed: boolean
  onHere: () => void
  pending: boolean
  whyOff: string | null
}) {
  const at = millis(team.hereAt)
  const here = at !== null
  return (
    <li className={classes.team} data-team={team.code} data-here={here || undefined}>
      <span className={here ? classes.here : classes.missing}>
        {here ? <IconCircleCheck size={15} aria-hidden /> : <IconCircleDashed size={15} aria-hidden />} {here ? 'Here' : closed ? 'Was missing' : 'Missing'}
      </span>
      <b title={team.code}>{team.name}</b>
      <span className={classes.about}>
        {here ? <span className="num dim">{near(at, now, zone)} {team.onBehalf ? `said by ${team.hereBy} for it` : team.hereBy}</span> : <Missing team={team} />}
        {team.note !== null && <span>{team.note}</span>}
      </span>
      {team.allowedActions.includes('here') && (
        <Button size="compact-xs" variant="light" onClick={onHere} loading={pending} disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}>
          {team.own ? 'We are here' : 'Check in for it'}
        </Button>
      )}
    </li>
  )
}
