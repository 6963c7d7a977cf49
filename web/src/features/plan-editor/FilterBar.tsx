import { ActionIcon, Button, CloseButton, Select, TextInput, Tooltip } from '@mantine/core'
import { IconFold, IconFoldDown, IconPlus, IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { EditorSearch } from '../../lib/paths'
import { Kbd } from '../../ui/Kbd'
import { useEditor } from './context'
import { isFiltered, labelsOf } from './model/rows'
import classes from './editor.module.css'

interface Props {
  search: EditorSearch
  onChange: (change: Partial<Record<keyof EditorSearch, string | undefined>>) => void
  searchRef: RefObject<HTMLInputElement | null>
  onFoldAll: (folded: boolean) => void
  onAdd: () => void
}

/** Text goes into the address when typing rests; what comes from the address, by going back or by Clear, is shown. */
function SearchBox({ search, onChange, searchRef }: Pick<Props, 'search' | 'onChange' | 'searchRef'>) {
  const given = search.q ?? ''
  const [text, setText] = useState(given)
  const [sent, setSent] = useState(given)
  const [seen, setSeen] = useState(given)
  if (seen !== given) {
    setSeen(given)
    // The answer to one's own typing must not undo what was typed since.
    if (given !== sent) {
      setText(given)
      setSent(given)
    }
  }
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    if (text === sent) return
    const timer = window.setTimeout(() => {
      setSent(text)
      latest.current({ q: text === '' ? undefined : text })
    }, 150)
    return () => window.clearTimeout(timer)
  }, [text, sent])
  return (
    <TextInput
      ref={searchRef} value={text} placeholder="Search  /" aria-label="Search in the plan" className={classes.find ?? ''} leftSection={<IconSearch size={14} />}
      onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      rightSection={text === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />}
    />
  )
}

function Choice({ label, value, data, onChange }: { label: string; value: string | undefined; data: { value: string; label: string }[]; onChange: (value: string | undefined) => void }) {
  return (
    <Select
      size="xs" className={classes.filter ?? ''} aria-label={label} placeholder={label} searchable clearable value={value ?? null} data={data} limit={80}
      comboboxProps={{ width: 260, position: 'bottom-start' }} onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

/** Narrows the table by text, team, label and chapter, all of it in the address; adds and folds. */
export function FilterBar({ search, onChange, searchRef, onFoldAll, onAdd }: Props) {
  const { plan, mayEdit } = useEditor()
  const labels = useMemo(() => labelsOf(plan), [plan])
  const chapters = plan.macroPhases.flatMap((phase) => phase.chapters)
  return (
    <div className={classes.filters} role="search" aria-label="Filters">
      <SearchBox search={search} onChange={onChange} searchRef={searchRef} />
      <Choice label="All teams" value={search.team} data={plan.teams.map(({ code, name }) => ({ value: code, label: name }))} onChange={(team) => onChange({ team })} />
      <Choice label="All chapters" value={search.chapter} data={chapters.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))} onChange={(chapter) => onChange({ chapter })} />
      {(labels.length > 0 || search.label) && <Choice label="All labels" value={search.label} data={labels.map((label) => ({ value: label, label }))} onChange={(label) => onChange({ label })} />}
      {isFiltered(search) && <Button variant="subtle" px={8} onClick={() => onChange({ q: undefined, team: undefined, label: undefined, chapter: undefined })}>Clear</Button>}
      <span style={{ flex: 1 }} />
      <Tooltip label="Fold all"><ActionIcon variant="subtle" color="gray" aria-label="Fold all" onClick={() => onFoldAll(true)}><IconFold size={17} /></ActionIcon></Tooltip>
      <Tooltip label="Unfold all"><ActionIcon variant="subtle" color="gray" aria-label="Unfold all" onClick={() => onFoldAll(false)}><IconFoldDown size={17} /></ActionIcon></Tooltip>
      {mayEdit && <Button leftSection={<IconPlus size={15} aria-hidden />} rightSection={<Kbd of="n" />} onClick={onAdd}>Add</Button>}
    </div>
  )
}

