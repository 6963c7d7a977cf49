import { Select, Textarea, TextInput } from '@mantine/core'
import type { Team } from '../../api/types'
import { type Field, fieldWord } from './fields'

interface Props {
  field: Field
  text: string
  /** Said of what was typed, once it was typed. */
  wrong: string | null
  teams: readonly Team[]
  /** What was measured, in words. */
  measured: string | null
  onChange: (text: string) => void
}

/** The new value of a field, typed as that field is. */
export function NewValueField({ field, text, wrong, teams, measured, onChange }: Props) {
  const label = `${fieldWord[field]} it should have`
  if (field === 'durationSeconds') {
    return (
      <TextInput
        label={`${label}, in minutes`} size="sm" inputMode="numeric" autoComplete="off" maxLength={40} value={text} error={wrong}
        {...(measured === null ? {} : { description: measured })} onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (field === 'team') {
    return (
      <Select
        label={label} size="sm" searchable clearable value={text === '' ? null : text} error={wrong} nothingFoundMessage="No team is called that"
        data={teams.map(({ code, name }) => ({ value: code, label: name === code ? code : `${code} · ${name}` }))} onChange={(value) => onChange(value ?? '')}
      />
    )
  }
  if (field === 'instructions') {
    return <Textarea label={label} size="sm" autosize minRows={4} maxRows={12} maxLength={20_000} value={text} error={wrong} onChange={(event) => onChange(event.currentTarget.value)} />
  }
  return (
    <TextInput
      label={label} size="sm" maxLength={300} value={text} error={wrong} onChange={(event) => onChange(event.currentTarget.value)}
      {...(field === 'labels' ? { description: 'With commas between them' } : {})}
    />
  )
}
