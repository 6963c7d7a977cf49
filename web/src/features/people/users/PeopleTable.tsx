import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconBan, IconDots, IconDoorEnter, IconDoorExit, IconLink, IconShieldHalf } from '@tabler/icons-react'
import { useRef } from 'react'
import type { User } from '../../../api/types'
import { Pill } from '../../../ui/Pill'
import classes from '../people.module.css'

export type UserWish = 'edit' | 'link' | 'sign-out' | 'shut-out' | 'let-in'

interface Props {
  users: readonly User[]
  /** Why nothing can be changed just now; null when it can. */
  whyOff: string | null
  onWish: (wish: UserWish, user: User) => void
}

function Wishes({ user, whyOff, onWish }: { user: User; whyOff: string | null; onWish: Props['onWish'] }) {
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  const more = useRef<HTMLButtonElement>(null)
  const ask = (wish: UserWish) => () => {
    // The menu goes, its button stays: that is where the keyboard comes back to from a dialog.
    if (wish !== 'edit') more.current?.focus()
    onWish(wish, user)
  }
  return (
    <span className={classes.acts}>
      <Button variant="default" {...off} onClick={ask('edit')} aria-label={`Edit ${user.name}`}>Edit</Button>
      <Menu position="bottom-end" width={220} withinPortal>
        <Menu.Target>
          <ActionIcon ref={more} variant="default" size={30} {...off} aria-label={`More for ${user.name}`}><IconDots size={16} /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {user.active && <Menu.Item leftSection={<IconLink size={16} />} onClick={ask('link')}>Hand over a sign-in link</Menu.Item>}
          {user.active && <Menu.Item leftSection={<IconDoorExit size={16} />} onClick={ask('sign-out')}>Sign out everywhere</Menu.Item>}
          {user.active
            ? <Menu.Item c="var(--t-red)" leftSection={<IconBan size={16} />} onClick={ask('shut-out')}>Shut out</Menu.Item>
            : <Menu.Item leftSection={<IconDoorEnter size={16} />} onClick={ask('let-in')}>Let in again</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </span>
  )
}

function Marks({ user }: { user: User }) {
  if (user.active && !user.isAdmin) return null
  return (
    <span className={classes.marks}>
      {user.isAdmin && <Pill color="var(--t-accent)" ground="var(--t-accent-soft)"><IconShieldHalf size={14} aria-hidden /> Admin</Pill>}
      {!user.active && <Pill color="var(--t-red)" ground="var(--t-red-soft)"><IconBan size={14} aria-hidden /> Shut out</Pill>}
    </span>
  )
}

/** Everybody there is, with what an admin may do to each. */
export function PeopleTable({ users, whyOff, onWish }: Props) {
  return (
    <table className={classes.table} aria-label="People">
      <thead><tr><th>Person</th><th>Telephone</th><th>Signs in</th><th>State</th><th><span className="visually-hidden">What to do</span></th></tr></thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id} data-user={user.email} data-quiet={user.active ? undefined : true}>
            <td className={classes.who}><b>{user.name}</b><small>{user.email}</small></td>
            <td className="num">{user.phone}</td>
            <td className="dim">{user.hasPassword ? 'By link or password' : 'By link'}</td>
            <td><Marks user={user} /></td>
            <td><Wishes user={user} whyOff={whyOff} onWish={onWish} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
