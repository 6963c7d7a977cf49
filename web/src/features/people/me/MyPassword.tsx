import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { Session } from '../../../api/types'
import { PasswordDialog, type PasswordWish } from './PasswordDialog'
import classes from '../people.module.css'

/** Whether one has a password, and what may be done about it. */
export function MyPassword({ user, whyOff }: { user: Session['user']; whyOff: string | null }) {
  const [wish, setWish] = useState<PasswordWish | null>(null)
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  return (
    <section className={classes.part} aria-labelledby="my-password">
      <div>
        <h2 id="my-password">Password</h2>
        <p>
          {user.hasPassword
            ? 'You can sign in with your address and your password, or by a link that comes by mail.'
            : 'You have none: you sign in by links that come by mail. A password is of use where mail is slow or far away.'}
        </p>
      </div>
      <Group gap="xs">
        <Button variant="default" {...off} onClick={() => setWish(user.hasPassword ? 'change' : 'set')}>
          {user.hasPassword ? 'Change it' : 'Set a password'}
        </Button>
        {user.hasPassword && <Button variant="default" {...off} onClick={() => setWish('remove')}>Remove it</Button>}
      </Group>
      {wish && <PasswordDialog wish={wish} user={user} onClose={() => setWish(null)} />}
    </section>
  )
}
