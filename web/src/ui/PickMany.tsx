import { Combobox, useCombobox } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import classes from './pick-many.module.css'

export interface Choice {
  value: string
  label: string
  /** Printed before the label, quietly: a code. */
  code?: string
  /** Printed behind it: how many things it holds. */
  count?: number
}

interface Props {
  /** What is chosen: Team, Label. */
  name: string
  choices: readonly Choice[]
  value: readonly string[]
  onChange: (next: string[]) => void
}

const has = ({ value, label, code }: Choice, words: readonly string[]): boolean => {
  const text = `${code ?? value} ${label}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

/** A compact choice of many from many, with a search: a button with the count of what is chosen, and a list. */
export function PickMany({ name, choices, value, onChange }: Props) {
  const [asked, setAsked] = useState('')
  const box = useCombobox({
    onDropdownClose: () => { box.resetSelectedOption(); setAsked('') },
    onDropdownOpen: () => box.focusSearchInput(),
  })
  const chosen = useMemo(() => new Set(value), [value])
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = box.dropdownOpened ? choices.filter((choice) => has(choice, words)) : []
  return (
    <Combobox
      store={box} width={280} position="bottom-start" shadow="md" withinPortal
      onOptionSubmit={(picked) => onChange(chosen.has(picked) ? value.filter((one) => one !== picked) : [...value, picked])}
    >
      <Combobox.Target withAriaAttributes={false} targetType="button">
        <button
          type="button" className={classes.button} data-set={value.length > 0 || undefined} disabled={choices.length === 0}
          aria-haspopup="listbox" aria-expanded={box.dropdownOpened} data-pick={name} onClick={() => box.toggleDropdown()}
        >
          {name}{value.length > 0 && <b className="num"> {value.length}</b>} <IconChevronDown size={13} aria-hidden />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search value={asked} placeholder={`Find in ${choices.length}`} aria-label={`Find: ${name}`} onChange={(event) => { setAsked(event.currentTarget.value); box.selectFirstOption() }} />
        <Combobox.Options className={classes.list ?? ''} aria-multiselectable aria-label={name}>
          {shown.map((choice) => (
            <Combobox.Option key={choice.value} value={choice.value} active={chosen.has(choice.value)} aria-checked={chosen.has(choice.value)} className={classes.option ?? ''}>
              <span className={classes.tick}>{chosen.has(choice.value) && <IconCheck size={14} stroke={2.4} aria-hidden />}</span>
              <span className={classes.label}>{choice.code !== undefined && <span className="num dim">{choice.code} </span>}{choice.label}</span>
              {choice.count !== undefined && <span className="num dim">{choice.count}</span>}
            </Combobox.Option>
          ))}
          {shown.length === 0 && <Combobox.Empty>Nothing is called that</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
