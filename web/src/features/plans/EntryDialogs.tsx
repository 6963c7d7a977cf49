import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { CatalogueItem, CatalogueKind } from '../../api/plan'
import { asProblem } from '../../api/problem'
import { Dialog } from '../../ui/Dialog'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useRemoveEntry, useSaveEntry } from './useCatalogue'

interface Props {
  migrationId: string
  kind: CatalogueKind
  /** application, environment, environment role */
  word: string
  onClose: () => void
}

/** Adds an entry, or gives one another name; its code is what plans name it by, so it stays. */
export function EntryDialog({ migrationId, kind, word, entry, onClose }: Props & { entry: CatalogueItem | null }) {
  const [fields, setFields] = useState({ code: entry?.code ?? '', name: entry?.name ?? '' })
  const save = useSaveEntry(migrationId, kind, entry, () => {
    say(entry ? `${fields.code} is saved.` : `${fields.code.trim()} was added.`)
    onClose()
  })
  const ready = fields.code.trim() !== '' && fields.name.trim() !== ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready && !save.isPending) save.mutate({ code: fields.code.trim(), name: fields.name.trim() })
  }
  const { error } = save
  return (
    <Dialog onClose={onClose} title={entry ? `The ${word} ${entry.code}` : `Add an ${word}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            size="sm" label="Code" required={entry === null} disabled={entry !== null} maxLength={60} data-autofocus={entry === null || undefined} value={fields.code}
            description={entry ? 'Plans name it by this: it stays.' : undefined} onChange={(event) => setFields({ ...fields, code: event.currentTarget.value })}
          />
          <TextInput size="sm" label="Name" required maxLength={300} data-autofocus={entry !== null || undefined} value={fields.name} onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })} />
          {error && <ProblemNotice problem={asProblem(error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={save.isPending}>{entry ? 'Save' : 'Add'}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** Removes an entry; what is in use stays, and the refusal says by what. */
export function RemoveEntryDialog({ migrationId, kind, word, entry, onClose }: Props & { entry: CatalogueItem }) {
  const asking = useRemoveEntry(migrationId, kind, entry, () => {
    say(`${entry.code} is removed.`)
    onClose()
  })
  return (
    <Dialog onClose={onClose} title={`Remove the ${word} ${entry.code}?`}>
      <Stack gap="sm">
        <Text size="sm">It goes from the catalogue of this migration. If a plan or an iteration uses it, it stays, and you are told which.</Text>
        {asking.error && <ProblemNotice problem={asProblem(asking.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Keep it</Button>
          <Button size="sm" color="red" loading={asking.isPending} onClick={() => asking.mutate()} data-autofocus>Remove</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
