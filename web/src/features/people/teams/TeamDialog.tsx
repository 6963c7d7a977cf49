import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { TeamHere } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { say } from '../../../ui/notify'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { type TeamFields, useSaveTeam } from './useTeam'

const orNull = (text: string | null): string | null => (text?.trim() ? text.trim() : null)

interface FieldsProps {
  fields: TeamFields
  codeFixed: boolean
  set: (change: Partial<TeamFields>) => void
}

function Fields({ fields, codeFixed, set }: FieldsProps) {
  return (
    <>
      <TextInput
        data-autofocus={codeFixed ? undefined : true} label="Code" size="sm" required={!codeFixed} maxLength={60} value={fields.code} disabled={codeFixed}
        description={codeFixed ? 'Plans name the team by it: it stays.' : 'As plans name the team: DBA, NET-EU'}
        onChange={(event) => set({ code: event.currentTarget.value })}
      />
      <TextInput data-autofocus={codeFixed ? true : undefined} label="Name" size="sm" required maxLength={100} value={fields.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput
        type="email" label="Shared mailbox (optional)" description="Its messages go to the members, and to this address." size="sm" maxLength={254}
        value={fields.email ?? ''} onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <TextInput type="tel" label="Telephone (optional)" size="sm" maxLength={40} value={fields.phone ?? ''} onChange={(event) => set({ phone: event.currentTarget.value })} />
    </>
  )
}

const nothing: TeamFields = { code: '', name: '', email: null, phone: null }

/** Makes a team, or changes what it is called and how it is reached. */
export function TeamDialog({ migrationId, team, onClose }: { migrationId: string; team: TeamHere | null; onClose: () => void }) {
  const [fields, setFields] = useState<TeamFields>(team ?? nothing)
  const save = useSaveTeam(migrationId, team, ({ code }) => {
    say(team ? `${code} is saved.` : `${code} was added. Put people in it, so that its messages reach somebody.`)
    onClose()
  })
  const ready = fields.code.trim() !== '' && fields.name.trim() !== ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { code, name, email, phone } = fields
    if (ready && !save.isPending) save.mutate({ code: code.trim(), name: name.trim(), email: orNull(email), phone: orNull(phone) })
  }
  return (
    <Dialog onClose={onClose} title={team ? `Team ${team.code}` : 'Add a team'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Fields fields={fields} codeFixed={team !== null} set={(change) => setFields((now) => ({ ...now, ...change }))} />
          {save.error && <ProblemNotice problem={asProblem(save.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={save.isPending}>{team ? 'Save' : 'Add'}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
