import { MultiSelect, Select, Switch, TagsInput } from '@mantine/core'
import type { Level, Named } from '../../../api/plan'
import { useEditor } from '../context'
import { setEdit } from '../model/fields'
import { Field, Plain } from './Field'

interface Of {
  level: Level
  code: string
  field: string
  label: string
  hint?: string
}

function useSet({ level, code, field }: Of) {
  const { send } = useEditor()
  return (was: unknown, to: unknown) => {
    const edit = setEdit(level, code, field, was, to)
    if (edit) send({ edits: [edit], spot: { level, code, field }, to })
  }
}

const options = (all: readonly Named[], chosen: readonly string[]) => {
  const known = new Set(all.map(({ code }) => code))
  const unknown = chosen.filter((code) => !known.has(code)).map((code) => ({ value: code, label: code }))
  return [...all.map(({ code, name }) => ({ value: code, label: name === '' || name === code ? code : `${code} · ${name}` })), ...unknown]
}

/** One of a list, saved as soon as it is chosen. */
export function ChoiceField({ all, value, clearable = true, ...of }: Of & { all: readonly Named[]; value: string | null; clearable?: boolean }) {
  const { mayEdit } = useEditor()
  const set = useSet(of)
  const spot = { level: of.level, code: of.code, field: of.field }
  const name = all.find(({ code }) => code === value)?.name
  if (!mayEdit) return <Field label={of.label} spot={spot}><Plain field={of.field} value={value === null ? null : name === undefined ? value : `${value} · ${name}`} /></Field>
  return (
    <Field label={of.label} spot={spot} hint={of.hint}>
      <Select
        size="xs" aria-label={`${of.label} of ${of.code}`} data={options(all, value === null ? [] : [value])} value={value} placeholder="None" searchable
        clearable={clearable} allowDeselect={false} nothingFoundMessage="Nothing of that name" limit={60} onChange={(to) => set(value, to)}
      />
    </Field>
  )
}

/** Some of a list, saved as each is chosen. */
export function ManyField({ all, value, ...of }: Of & { all: readonly Named[]; value: readonly string[] }) {
  const { mayEdit } = useEditor()
  const set = useSet(of)
  const spot = { level: of.level, code: of.code, field: of.field }
  if (!mayEdit) return <Field label={of.label} spot={spot}><Plain field={of.field} value={value} /></Field>
  return (
    <Field label={of.label} spot={spot} hint={of.hint}>
      <MultiSelect
        size="xs" aria-label={`${of.label} of ${of.code}`} data={options(all, value)} value={[...value]} placeholder={value.length === 0 ? 'None' : ''} searchable
        limit={60} nothingFoundMessage="Nothing of that name" onChange={(to) => set(value, to)}
      />
    </Field>
  )
}

/** Words of one's own: labels, names in a scope. */
export function WordsField({ known, value, ...of }: Of & { known: readonly string[]; value: readonly string[] }) {
  const { mayEdit } = useEditor()
  const set = useSet(of)
  const spot = { level: of.level, code: of.code, field: of.field }
  if (!mayEdit) return <Field label={of.label} spot={spot}><Plain field={of.field} value={value} /></Field>
  return (
    <Field label={of.label} spot={spot} hint={of.hint}>
      <TagsInput
        size="xs" aria-label={`${of.label} of ${of.code}`} data={[...known]} value={[...value]} placeholder={value.length === 0 ? 'None' : ''} limit={30}
        onChange={(to) => set(value, to)}
      />
    </Field>
  )
}

/** Yes or no. */
export function YesField({ value, ...of }: Of & { value: boolean }) {
  const { mayEdit } = useEditor()
  const set = useSet(of)
  const spot = { level: of.level, code: of.code, field: of.field }
  if (!mayEdit) return <Field label={of.label} spot={spot}><Plain field={of.field} value={value} /></Field>
  return (
    <Field label={of.label} spot={spot} hint={of.hint}>
      <Switch size="xs" checked={value} aria-label={`${of.label} of ${of.code}`} label={value ? 'Yes' : 'No'} onChange={(event) => set(value, event.currentTarget.checked)} />
    </Field>
  )
}
