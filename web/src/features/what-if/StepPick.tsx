import { type ComboboxItem, Select } from '@mantine/core'
import { useMemo } from 'react'
import type { StepRow } from '../../api/types'
import { stepStateWord } from '../../lib/states'
import { fitting, meant } from './find'
import { canSuppose } from './lines'
import classes from './what-if.module.css'

const shown = 40

interface Props {
  steps: readonly StepRow[]
  value: string | null
  label: string
  error: boolean
  focus: boolean
  onChange: (code: string) => void
}

/** Finds a step that is not over by its code or name. What was chosen stays, also when it ends meanwhile. */
export function StepPick({ steps, value, label, error, focus, onChange }: Props) {
  const data = useMemo(
    () => steps.filter((row) => canSuppose(row) || row.code === value).map(({ code, name, state }) => ({ value: code, label: `${code} ${name} · ${stepStateWord[state].toLowerCase()}` })),
    [steps, value],
  )
  return (
    <Select
      size="sm" className={classes.step ?? ''} aria-label={label} placeholder="Code or name of a step" searchable data={data} value={value} limit={shown} error={error} data-autofocus={focus || undefined}
      filter={({ options, search }) => fitting(options as ComboboxItem[], search === labelOf(data, value) ? '' : search)} selectFirstOptionOnChange
      allowDeselect={false} openOnFocus={false} nothingFoundMessage="No step that is not over is called that" comboboxProps={{ withinPortal: true }} maxDropdownHeight={240}
      onChange={(code) => { if (code !== null) onChange(code) }}
      onBlur={(event) => {
        const code = meant(data, event.currentTarget.value)
        if (code !== null && code !== value) onChange(code)
      }}
    />
  )
}

/** What stands in the field of itself is no search. */
const labelOf = (data: readonly ComboboxItem[], value: string | null): string | undefined => data.find((one) => one.value === value)?.label
