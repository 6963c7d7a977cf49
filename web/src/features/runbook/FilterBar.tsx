import { ActionIcon, Button, Chip, CloseButton, MultiSelect, TextInput, Tooltip } from '@mantine/core'
import { IconFold, IconFoldDown, IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Board } from '../../api/types'
import type { RunsheetSearch } from '../../lib/paths'
import { stepStates } from '../../lib/states'
import { StateMark } from '../../ui/StateMark'
import { isFiltered } from './rows'
import classes from './header.module.css'

interface Props {
  board: Board
  search: RunsheetSearch
  onChange: (next: RunsheetSearch) => void
  searchRef: RefObject<HTMLInputElement | null>
  onFoldAll: (folded: boolean) => void
}

const toggled = (list: readonly string[] | undefined, word: string): string[] =>
  list?.includes(word) ? list.filter((other) => other !== word) : [...(list ?? []), word]

/** The filters without what is not chosen, so that the address stays short. */
export function withFilter(search: RunsheetSearch, change: { [K in keyof RunsheetSearch]: RunsheetSearch[K] | undefined }): RunsheetSearch {
  const merged = Object.entries({ ...search, ...change })
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0)))
}

/** Text goes into the address when typing rests: an address for each letter would fill the history. */
function SearchBox({ search, onChange, searchRef }: Pick<Props, 'search' | 'onChange' | 'searchRef'>) {
  const [text, setText] = useState(search.q ?? '')
  const latest = useRef({ search, onChange })
  useEffect(() => {
    latest.current = { search, onChange }
  })
  useEffect(() => {
    const timer = window.setTimeout(() => {
      const { search, onChange } = latest.current
      if (text !== (search.q ?? '')) onChange(withFilter(search, { q: text }))
    }, 150)
    return () => window.clearTimeout(timer)
  }, [text])
  return (
    <TextInput
      ref={searchRef} value={text} placeholder="Search  /" aria-label="Search in the runsheet" w={150}
      leftSection={<IconSearch size={14} />} onChange={(event) => setText(event.currentTarget.value)}
      rightSection={text === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  )
}

function FoldButtons({ onFoldAll }: Pick<Props, 'onFoldAll'>) {
  return (
    <>
      <Tooltip label="Fold all"><ActionIcon variant="subtle" color="gray" aria-label="Fold all" onClick={() => onFoldAll(true)}><IconFold size={17} /></ActionIcon></Tooltip>
      <Tooltip label="Unfold all"><ActionIcon variant="subtle" color="gray" aria-label="Unfold all" onClick={() => onFoldAll(false)}><IconFoldDown size={17} /></ActionIcon></Tooltip>
    </>
  )
}

/** Counts by state that filter, search, teams, mine, late: all of it in the address. */
export function FilterBar({ board, search, onChange, searchRef, onFoldAll }: Props) {
  const { counts } = board.iteration.progress
  return (
    <div className={classes.filters} role="search" aria-label="Filters">
      <div className={classes.chips}>
        {stepStates
          .filter((state) => (counts[state] ?? 0) > 0 || search.state?.includes(state))
          .map((state) => (
            <button
              key={state} type="button" className={classes.chip} aria-pressed={search.state?.includes(state) ?? false}
              onClick={() => onChange(withFilter(search, { state: toggled(search.state, state) }))} data-chip={state}
            >
              <StateMark state={state} /><b className="num">{counts[state] ?? 0}</b>
            </button>
          ))}
      </div>
      <span style={{ flex: 1 }} />
      <SearchBox key={search.q === undefined ? 'none' : 'some'} search={search} onChange={onChange} searchRef={searchRef} />
      <MultiSelect
        size="xs" w={130} placeholder={search.team ? '' : 'All teams'} aria-label="Teams" value={search.team ?? []} clearable searchable
        data={board.teams.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(team) => onChange(withFilter(search, { team }))}
      />
      <Chip size="xs" checked={search.mine ?? false} onChange={(mine) => onChange(withFilter(search, { mine }))}>Mine</Chip>
      <Chip size="xs" checked={search.late ?? false} onChange={(late) => onChange(withFilter(search, { late }))}>Late</Chip>
      {isFiltered(search)
        ? <Button variant="subtle" px={8} onClick={() => onChange(search.step === undefined ? {} : { step: search.step })}>Clear</Button>
        : <FoldButtons onFoldAll={onFoldAll} />}
    </div>
  )
}
