import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAlertTriangle, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useRef } from 'react'
import type { TeamHere } from '../../../api/types'
import classes from '../people.module.css'

export type TeamWish = 'members' | 'edit' | 'delete'

interface Props {
  teams: readonly TeamHere[]
  /** Whether there are buttons at all, and why they are off just now. */
  mayChange: boolean
  whyOff: string | null
  onWish: (wish: TeamWish, team: TeamHere) => void
}

function Wishes({ team, whyOff, onWish }: { team: TeamHere; whyOff: string | null; onWish: Props['onWish'] }) {
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  const more = useRef<HTMLButtonElement>(null)
  const ask = (wish: TeamWish) => () => {
    // The menu goes, its button stays: that is where the keyboard comes back to from a dialog.
    if (wish !== 'members') more.current?.focus()
    onWish(wish, team)
  }
  return (
    <span className={classes.acts}>
      <Button variant="default" {...off} onClick={ask('members')} aria-label={`Members of ${team.code}`}>Members</Button>
      <Menu position="bottom-end" width={180} withinPortal>
        <Menu.Target>
          <ActionIcon ref={more} variant="default" size={30} {...off} aria-label={`More for ${team.code}`}><IconDots size={16} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={ask('edit')}>Edit</Menu.Item>
          <Menu.Item c="var(--t-red)" leftSection={<IconTrash size={16} />} onClick={ask('delete')}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  )
}

function Members({ members }: Pick<TeamHere, 'members'>) {
  if (members.length > 0) return members.map(({ name }) => name).join(', ')
  return <span className={classes.warn}><IconAlertTriangle size={14} aria-hidden /> Nobody</span>
}

/** A migration's teams: who is in each, how it is reached, how much depends on it. */
export function TeamList({ teams, mayChange, whyOff, onWish }: Props) {
  return (
    <table className={classes.table} aria-label="Teams">
      <thead>
        <tr><th>Team</th><th>Members</th><th>Reached at</th><th>Steps and tasks</th>{mayChange && <th><span className="visually-hidden">What to do</span></th>}</tr>
      </thead>
      <tbody>
        {teams.map((team) => (
          <tr key={team.id} data-team={team.code}>
            <td className={classes.who}><b>{team.code}</b><small>{team.name}</small></td>
            <td><Members members={team.members} /></td>
            <td className={classes.who}>{team.phone !== null && <span className="num">{team.phone}</span>} {team.email !== null && <small>{team.email}</small>}</td>
            <td className="num dim">{team.stepsUsing === 0 ? 'None' : team.stepsUsing}<span className={classes.unit}>{team.stepsUsing === 0 ? ' of the steps and tasks' : ' steps and tasks'}</span></td>
            {mayChange && <td><Wishes team={team} whyOff={whyOff} onWish={onWish} /></td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
