import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { User } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { say } from '../../../ui/notify'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useAddUser, useChangeUser, type UserFields } from './useUser'

interface Writing {
  fields: UserFields
  set: (change: Partial<UserFields>) => void
}

function Fields({ fields, set }: Writing) {
  return (
    <>
      <TextInput data-autofocus label="Name" size="sm" required maxLength={100} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput
        type="email" label="E-mail address" description="What they sign in with, and where messages go." size="sm" required maxLength={254}
        value={fields.email} onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <TextInput
        type="tel" label="Telephone (optional)" description="Shown beside their team's steps, for the night." size="sm" maxLength={40}
        value={fields.phone ?? ''} onChange={(event) => set({ phone: event.currentTarget.value })}
      />
      <Checkbox
        label="Admin" description="Makes migrations, people, teams and roles, and sees every migration. Gives no right to act on a step."
        checked={fields.isAdmin} onChange={(event) => set({ isAdmin: event.currentTarget.checked })}
      />
    </>
  )
}

const nobody: UserFields = { name: '', email: '', phone: null, isAdmin: false }
const fieldsOf = ({ name, email, phone, isAdmin }: User): UserFields => ({ name, email, phone, isAdmin })
const sent = ({ name, email, phone, isAdmin }: UserFields): UserFields => ({
  name: name.trim(), email: email.trim(), phone: phone?.trim() ? phone.trim() : null, isAdmin,
})

/** Only what one wrote anew is sent: another's change of another field stays. */
function changesOf(before: User, after: UserFields): Partial<UserFields> {
  const differs = Object.entries(sent(after)).filter(([name, value]) => before[name as keyof UserFields] !== value)
  return Object.fromEntries(differs)
}

function AddPerson({ onClose }: { onClose: () => void }) {
  const [fields, setFields] = useState(nobody)
  const asking = useAddUser(({ name }) => {
    say(`${name} was added. A role in a migration lets them see it.`)
    onClose()
  })
  return (
    <PersonForm
      title="Add a person" button="Add" asking={asking} onClose={onClose} onSubmit={() => asking.mutate(sent(fields))}
      ready={fields.name.trim() !== '' && fields.email.trim() !== ''}
    >
      <Fields fields={fields} set={(change) => setFields((now) => ({ ...now, ...change }))} />
    </PersonForm>
  )
}

function EditPerson({ user, onClose }: { user: User; onClose: () => void }) {
  const [base, setBase] = useState(user)
  const [fields, setFields] = useState(() => fieldsOf(user))
  const asking = useChangeUser((changed) => {
    say(`${changed.user.name} is saved.`)
    onClose()
  })
  const current = asking.error ? (asProblem(asking.error).body.current as User | undefined) : undefined
  const changes = changesOf(base, fields)
  const take = (theirs: User) => {
    setBase(theirs)
    setFields(fieldsOf(theirs))
    asking.reset()
  }
  return (
    <PersonForm
      title={user.name} button="Save" asking={asking} onClose={onClose} ready={Object.keys(changes).length > 0}
      onSubmit={() => asking.mutate({ id: base.id, version: base.version, ...changes })}
      more={current && <Button size="sm" variant="light" onClick={() => take(current)}>Show what is there now</Button>}
    >
      <Fields fields={fields} set={(change) => setFields((now) => ({ ...now, ...change }))} />
    </PersonForm>
  )
}

interface FormProps {
  title: string
  button: string
  ready: boolean
  asking: { error: Error | null; isPending: boolean }
  children: React.ReactNode
  more?: React.ReactNode
  onSubmit: () => void
  onClose: () => void
}

function PersonForm({ title, button, ready, asking, children, more, onSubmit, onClose }: FormProps) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !asking.isPending) onSubmit()
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          {asking.error && <ProblemNotice problem={asProblem(asking.error)} />}
          <Group justify="flex-end" gap="xs">
            {more}
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={asking.isPending}>{button}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** Adds a person, or changes what is known of one. */
export function PersonDialog({ user, onClose }: { user: User | null; onClose: () => void }) {
  return user ? <EditPerson user={user} onClose={onClose} /> : <AddPerson onClose={onClose} />
}
