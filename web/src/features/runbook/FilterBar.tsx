import { ActionIcon, Button, Drawer, Tooltip } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconFold, IconFoldDown, IconX } from '@tabler/icons-react'
import { type RefObject, useMemo, useState } from 'react'
import type { ForecastIndex } from '../../api/forecast'
import { figure } from '../../lib/figure'
import { useNow } from '../../ui/useNow'
import { ExportRunsheet } from './ExportRunsheet'
import { type FilterProps, Picks, StateChips, Toggles } from './FilterControls'
import { type Chosen, chosen, facetsOf, isFiltered, withFilter, withoutFilters } from './filters'
import { SearchBox } from './SearchBox'
import classes from './filters.module.css'

interface Props extends FilterProps {
  /** How many steps pass, of how many. */
  steps: number
  of: number
  searchRef: RefObject<HTMLInputElement | null>
  onFoldAll: (folded: boolean) => void
  forecast: ForecastIndex
  /** On a phone the filters fold into one button. */
  phone: boolean
}

function FoldButtons({ onFoldAll }: Pick<Props, 'onFoldAll'>) {
  return (
    <>
      <Tooltip label="Fold all"><ActionIcon variant="subtle" color="gray" aria-label="Fold all" onClick={() => onFoldAll(true)}><IconFold size={17} /></ActionIcon></Tooltip>
      <Tooltip label="Unfold all"><ActionIcon variant="subtle" color="gray" aria-label="Unfold all" onClick={() => onFoldAll(false)}><IconFoldDown size={17} /></ActionIcon></Tooltip>
    </>
  )
}

/** What is set, each to be taken away, with how much is left of the sheet; and one way to clear it all. */
function SetFilters({ search, onChange, steps, of, shown }: Omit<FilterProps, 'board'> & Pick<Props, 'steps' | 'of'> & { shown: Chosen[] }) {
  return (
    <div className={classes.set}>
      <span className="num" role="status" data-testid="filtered"><b>{figure(steps)}</b> of {figure(of)} steps</span>
      {shown.map(({ name, what, word, without }) => (
        <button key={name + word} type="button" className={classes.chosen} onClick={() => onChange(without)} aria-label={`Without ${what}: ${word}`} data-chosen={name}>
          <span className="dim">{what}</span> {word} <IconX size={12} aria-hidden />
        </button>
      ))}
      <Button variant="subtle" size="compact-xs" onClick={() => onChange(withoutFilters(search))}>Clear</Button>
    </div>
  )
}

/** Said by the bar itself on a wide screen, and so not said again. */
const inBar = new Set(['state', 'mine', 'late', 'critical', 'q'])

/** The filters, all of them in the address: states, text, macro-phases, chapters, teams, labels, mine, late, critical, out of scope. */
export function FilterBar({ board, search, onChange, searchRef, onFoldAll, steps, of, forecast, phone }: Props) {
  const [opened, setOpened] = useState(false)
  const minute = useNow(30_000)
  const facets = useMemo(() => facetsOf(board, minute, forecast), [board, minute, forecast])
  const set = chosen(board, search)
  const filtered = isFiltered(search)
  const box = <SearchBox text={search.q ?? ''} onText={(q) => onChange(withFilter(search, { q }))} searchRef={searchRef} {...(phone ? { width: '100%' } : {})} />
  const given = { board, search, onChange }
  const left = filtered && <SetFilters search={search} onChange={onChange} steps={steps} of={of} shown={phone ? set : set.filter(({ name }) => !inBar.has(name))} />
  if (!phone) {
    return (
      <div className={classes.filters} role="search" aria-label="Filters">
        <StateChips {...given} />
        <span className={classes.space} />
        <div className={classes.controls}>
          {box}
          <Picks {...given} facets={facets} />
          <Toggles {...given} facets={facets} />
          {!filtered && <FoldButtons onFoldAll={onFoldAll} />}
          <ExportRunsheet board={board} />
        </div>
        {left}
      </div>
    )
  }
  return (
    <div className={classes.filters} role="search" aria-label="Filters">
      <div className={classes.phoneLine}>
        {box}
        <Button
          variant={set.length > 0 ? 'light' : 'default'} leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />} onClick={() => setOpened(true)}
          aria-haspopup="dialog" className={classes.foldedButton ?? ''} data-testid="filters"
        >
          Filters{set.length > 0 ? ` ${set.length}` : ''}
        </Button>
      </div>
      {left}
      <Drawer
        opened={opened} onClose={() => setOpened(false)} position="bottom" title="Filters" closeButtonProps={{ 'aria-label': 'Close' }}
        styles={{ inner: { alignItems: 'flex-end' }, content: { height: 'auto', maxHeight: '85%' } }}
      >
        <div className={classes.drawer}>
          <StateChips {...given} />
          <div className={classes.controls}><Picks {...given} facets={facets} /></div>
          <div className={classes.controls}><Toggles {...given} facets={facets} /></div>
          <div className={classes.controls}>
            <Button onClick={() => setOpened(false)}>Show {figure(steps)} {steps === 1 ? 'step' : 'steps'}</Button>
            {filtered ? <Button variant="default" onClick={() => onChange(withoutFilters(search))}>Clear</Button> : <FoldButtons onFoldAll={onFoldAll} />}
            <ExportRunsheet board={board} />
          </div>
        </div>
      </Drawer>
    </div>
  )
}
