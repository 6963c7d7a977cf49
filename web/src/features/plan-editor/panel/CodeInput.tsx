import { Autocomplete } from '@mantine/core'
import { useMemo } from 'react'
import { useEditor } from '../context'
import { levelWord, type PlanIndex } from '../model/tree'
import classes from './panel.module.css'

const most = 10

/** The codes that fit what is typed: what begins with it first, then what has it in code or name. */
function fitting(index: PlanIndex, text: string, but: string): string[] {
  const asked = text.trim().toLowerCase()
  if (asked === '') return []
  const begin: string[] = []
  const hold: string[] = []
  for (const [code, { item }] of index.places) {
    if (code === but) continue
    if (code.toLowerCase().startsWith(asked)) begin.push(code)
    else if (hold.length < most && `${code} ${item.name}`.toLowerCase().includes(asked)) hold.push(code)
    if (begin.length === most) break
  }
  return [...begin, ...hold].slice(0, most)
}

/** Takes the code of a step, chapter or macro-phase; offers what fits, by code or name. */
export function CodeInput({ label, but, value, onChange, onEnter, error = null }: {
  label: string
  but: string
  value: string
  onChange: (code: string) => void
  onEnter: () => void
  /** Why it cannot be taken as it is. */
  error?: string | null
}) {
  const { index } = useEditor()
  const found = useMemo(() => fitting(index, value, but), [index, value, but])
  return (
    <Autocomplete
      size="xs" aria-label={label} placeholder="Code or name" value={value} data={found} error={error} filter={({ options }) => options} onChange={onChange}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      renderOption={({ option }) => {
        const place = index.places.get(option.value)
        return <span className={classes.option}><b className="num">{option.value}</b> <span>{place?.item.name}</span> <small className="dim">{place && place.level !== 'step' ? levelWord[place.level] : ''}</small></span>
      }}
      onKeyDown={(event) => event.key === 'Enter' && onEnter()}
    />
  )
}
