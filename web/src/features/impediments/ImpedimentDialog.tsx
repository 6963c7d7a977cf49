import { Button, Group, NativeSelect, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import { mentionablesQuery } from '../../api/spoken'
import type { Impediment, Severity } from '../../api/types'
import { millis } from '../../lib/time'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { type ImpedimentFields, useSaveImpediment } from './useImpediment'
import { severities, severityWord } from './words'

const isSeverity = (value: string): value is Severity => (severities as readonly string[]).includes(value)

/** Who may own it; whoever owns it already is among them. */
function useOwners(iterationId: string, was: Impediment | null) {
  const people = useQuery(mentionablesQuery(iterationId)).data?.people ?? []
  const data = people.map(({ id, name, teams }) => ({ value: id, label: teams.length > 0 ? `${name} · ${teams.join(', ')}` : name }))
  const missing = was?.ownerId && !people.some(({ id }) => id === was.ownerId)
  return missing ? [{ value: was.ownerId ?? '', label: was.owner ?? '' }, ...data] : data
}

interface Props {
  iterationId: string
  stepCode?: string | undefined
  was: Impediment | null
  onClose: () => void
}

const nothing: ImpedimentFields = { title: '', detail: '', severity: 'MEDIUM', ownerId: null, expectedAt: null }

function useFields(was: Impediment | null) {
  const [fields, setFields] = useState<ImpedimentFields>(was ?? nothing)
  const [badTime, setBadTime] = useState(false)
  const set = (change: Partial<ImpedimentFields>) => setFields((now) => ({ ...now, ...change }))
  const setTime = (at: number | null | undefined) => {
    setBadTime(at === undefined)
    if (at !== undefined) set({ expectedAt: at === null ? null : new Date(at).toISOString() })
  }
  const { title, detail, severity, ownerId, expectedAt } = fields
  return { fields: { title: title.trim(), detail: detail.trim(), severity, ownerId, expectedAt }, typed: fields, set, setTime, ready: title.trim() !== '' && !badTime }
}

/** Opens an impediment, or changes what is said of it. */
export function ImpedimentDialog({ iterationId, stepCode, was, onClose }: Props) {
  const { fields, typed, set, setTime, ready } = useFields(was)
  const owners = useOwners(iterationId, was)
  const save = useSaveImpediment(iterationId, stepCode, was, ({ number }) => {
    say(was ? `Impediment ${number} is saved.` : `Impediment ${number} is open.`)
    onClose()
  })
  const submit = (event: SubmitEvent | React.KeyboardEvent) => {
    event.preventDefault()
    if (ready && !save.isPending) save.mutate(fields)
  }
  const place = was?.stepCode ?? stepCode
  return (
    <Dialog onClose={onClose} title={was ? `Impediment ${was.number}` : place === undefined ? 'Impediment of the whole iteration' : `Impediment on ${place}`}>
      <form onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }}>
        <Stack gap="sm">
          <TextInput data-autofocus label="What stands in the way" size="sm" required maxLength={200} value={typed.title} onChange={(event) => set({ title: event.currentTarget.value })} />
          <NativeSelect
            label="Severity" size="sm" value={typed.severity} data={severities.map((value) => ({ value, label: severityWord[value] }))}
            onChange={(event) => { if (isSeverity(event.currentTarget.value)) set({ severity: event.currentTarget.value }) }}
          />
          <Select
            label="Who sees to it (optional)" size="sm" searchable clearable placeholder="Nobody yet" data={owners} value={typed.ownerId}
            onChange={(ownerId) => set({ ownerId })} nothingFoundMessage="Nobody here is called that"
          />
          <ByWhen label="Resolved by, as expected (optional)" value={millis(typed.expectedAt)} onChange={setTime} />
          <Textarea label="Detail (optional)" size="sm" autosize minRows={2} maxRows={8} maxLength={4000} value={typed.detail} onChange={(event) => set({ detail: event.currentTarget.value })} />
          {save.error && <ProblemNotice problem={asProblem(save.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={!ready} loading={save.isPending}>{was ? 'Save' : 'Open it'}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
