import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useMemo, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Migration, MigrationWords } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { type MigrationFields, useSaveMigration } from './useMigration'
import { zoneHere, zones } from './zones'

interface FieldsProps {
  fields: MigrationFields
  keyFixed: boolean
  set: (change: Partial<MigrationFields>) => void
}

/** The word of a refusal stands below the fields; here it is said what each of them is for. */
function Fields({ fields, keyFixed, set }: FieldsProps) {
  // A zone that the browser does not know is still the migration's.
  const known = useMemo(() => [...new Set([fields.zone, ...zones()])], [fields.zone])
  return (
    <>
      <TextInput
        data-autofocus={keyFixed ? undefined : true} label="Key" size="sm" required={!keyFixed} maxLength={60} value={fields.key} disabled={keyFixed}
        description={keyFixed ? 'Addresses and mails hold it: it stays.' : 'Short, for addresses and mails: ERP, CORE-2027'}
        onChange={(event) => set({ key: event.currentTarget.value })}
      />
      <TextInput
        data-autofocus={keyFixed ? true : undefined} label="Name" size="sm" required maxLength={200} value={fields.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Textarea
        label="What it is about (optional)" size="sm" autosize minRows={2} maxRows={8} maxLength={4000} value={fields.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Select
        label="Time zone" description="Plans, mails and runsheets say their times in it." size="sm" searchable allowDeselect={false} maxDropdownHeight={240}
        data={known} value={fields.zone} nothingFoundMessage="No zone is called that" onChange={(zone) => set({ zone: zone ?? fields.zone })}
      />
    </>
  )
}

interface Props {
  /** Null: a new one. */
  migration: Migration | null
  onSaved: (saved: MigrationWords) => void
  onClose: () => void
}

/** Makes a migration, or changes what it is called and where its clocks are. */
export function MigrationDialog({ migration, onSaved, onClose }: Props) {
  const [seen, setSeen] = useState(migration)
  const [fields, setFields] = useState<MigrationFields>(() => seen ?? { key: '', name: '', description: '', zone: zoneHere() })
  const save = useSaveMigration(seen, onSaved)
  const problem = save.error ? asProblem(save.error) : null
  // Changed by another admin meanwhile: the words that are there now may be taken as the new beginning.
  const newer = migration !== null && seen !== null && migration.version > seen.version ? migration : null
  const take = (theirs: Migration) => {
    setSeen(theirs)
    setFields(theirs)
    save.reset()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { key, name, description, zone } = fields
    if (key.trim() !== '' && name.trim() !== '' && !save.isPending) save.mutate({ key: key.trim(), name: name.trim(), description: description.trim(), zone })
  }
  return (
    <Dialog onClose={onClose} title={migration ? migration.name : 'New migration'}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Fields fields={fields} keyFixed={migration !== null} set={(change) => setFields((now) => ({ ...now, ...change }))} />
          {problem && <ProblemNotice problem={problem} />}
          <Group justify="flex-end" gap="xs">
            {problem && newer && <Button size="sm" variant="light" onClick={() => take(newer)}>Show what is there now</Button>}
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={fields.key.trim() === '' || fields.name.trim() === ''} loading={save.isPending}>{migration ? 'Save' : 'Make it'}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
