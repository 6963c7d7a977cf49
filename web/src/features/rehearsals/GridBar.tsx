import { SegmentedControl, Switch } from '@mantine/core'
import type { Rehearsals } from '../../api/rehearsals'
import { figure } from '../../lib/figure'
import { type RehearsalSearch, rehearsalShows } from '../../lib/rehearsalPaths'
import { type Column, countOf, whyShown } from './compare'
import classes from './page.module.css'

const words = { slower: 'Slower', skipped: 'Skipped', failed: 'Failed' } as const

interface Props {
  all: Rehearsals
  columns: Column[]
  search: RehearsalSearch
  onSearch: (search: RehearsalSearch) => void
}

/** Which steps are shown, counted, and in which order. */
export function GridBar({ all, columns, search, onSearch }: Props) {
  const data = [
    { value: 'all', label: 'All' },
    ...rehearsalShows.map((show) => ({ value: show, label: <span title={whyShown(all, columns, show)}>{words[show]} {figure(countOf(all, columns, show))}</span> })),
  ]
  const choose = (value: string) => {
    const show = rehearsalShows.find((one) => one === value)
    onSearch({ ...(show === undefined ? {} : { show }), ...(search.sort === undefined ? {} : { sort: search.sort }) })
  }
  return (
    <div className={classes.bar}>
      <SegmentedControl size="xs" aria-label="Steps shown" value={search.show ?? 'all'} onChange={choose} data={data} />
      <Switch
        size="xs" label="Biggest difference first" checked={search.sort === 'difference'}
        onChange={(event) => onSearch({ ...(search.show === undefined ? {} : { show: search.show }), ...(event.currentTarget.checked ? { sort: 'difference' as const } : {}) })}
      />
      {search.show !== undefined && <small className={classes.why}>{whyShown(all, columns, search.show)}</small>}
    </div>
  )
}
