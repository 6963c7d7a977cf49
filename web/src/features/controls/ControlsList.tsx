import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { controlsQuery } from '../../api/controls'
import { asProblem } from '../../api/problem'
import type { Control, ControlBoard } from '../../api/types'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import { ControlRow } from './ControlRow'
import { byChapter, type ControlFilter, countWords, noFilter } from './filter'
import classes from './controls.module.css'

interface Props {
  iterationId: string
  evidence: (control: Control) => ReactNode
  stepLink: (code: string) => ReactNode
  decisionsLink: (words: string) => ReactNode
}

const states: { value: ControlFilter['state']; label: string }[] = [
  { value: 'all', label: 'Any state' }, { value: 'pending', label: 'Pending' }, { value: 'passed', label: 'Passed' },
  { value: 'failed', label: 'Failed' }, { value: 'cancelled', label: 'Cancelled' },
]

function Filters({ filter, onChange }: { filter: ControlFilter; onChange: (filter: ControlFilter) => void }) {
  return (
    <div className={classes.filters} role="search">
      <TextInput size="xs" aria-label="Find a control" placeholder="Find a control, step or team" value={filter.text} onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })} />
      <NativeSelect size="xs" aria-label="State" data={states} value={filter.state} onChange={(event) => onChange({ ...filter, state: event.currentTarget.value as ControlFilter['state'] })} />
      <Checkbox size="xs" label="Critical" checked={filter.critical} onChange={(event) => onChange({ ...filter, critical: event.currentTarget.checked })} />
      <Checkbox size="xs" label="My teams validate" checked={filter.mine} onChange={(event) => onChange({ ...filter, mine: event.currentTarget.checked })} />
    </div>
  )
}

function Groups({ board, filter, ...of }: { board: ControlBoard; filter: ControlFilter } & Props) {
  const groups = byChapter(board, filter)
  if (board.total === 0) return <EmptyState title="This iteration has no controls">Its plan version names none; they are written in the plan editor.</EmptyState>
  if (groups.length === 0) return <EmptyState title="No control passes the filter">Choose another state or other words.</EmptyState>
  return groups.map((group) => (
    <section key={group.id} className={classes.group} aria-label={group.title}>
      <h2>{group.title} <span className="dim num">{group.items.filter((one) => one.state === 'passed').length} of {group.items.length}</span></h2>
      <ul>{group.items.map((control) => <ControlRow key={control.id} control={control} {...of} />)}</ul>
    </section>
  ))
}

/** Every control of an iteration by chapter, to be found, looked at and validated in place. */
export function ControlsList(props: Props) {
  const query = useQuery(controlsQuery(props.iterationId))
  const [filter, setFilter] = useState(noFilter)
  if (query.isPending) return <LoadingRows rows={12} label="Loading the controls" />
  if (query.isError && !query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  return (
    <>
      <div className={classes.bar}>
        <strong className="num" data-critical={query.data.criticalOpen > 0 || undefined}>{countWords(query.data)}</strong>
        <Filters filter={filter} onChange={setFilter} />
      </div>
      <div className={classes.list}><Groups board={query.data} filter={filter} {...props} /></div>
    </>
  )
}
