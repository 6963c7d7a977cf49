import { useMemo } from 'react'
import type { Board } from '../../api/types'
import { figure } from '../../lib/figure'
import type { RunsheetSearch } from '../../lib/paths'
import { stepStates } from '../../lib/states'
import { type Choice, PickMany } from '../../ui/PickMany'
import { StateMark } from '../../ui/StateMark'
import { type Facets, type ListName, toggled, withFilter } from './filters'
import classes from './filters.module.css'

export interface FilterProps {
  board: Board
  search: RunsheetSearch
  onChange: (next: RunsheetSearch) => void
}

/** Counts by state that filter. */
export function StateChips({ board, search, onChange }: FilterProps) {
  const { counts } = board.iteration.progress
  return (
    <div className={classes.chips} role="group" aria-label="States">
      {stepStates
        .filter((state) => (counts[state] ?? 0) > 0 || search.state?.includes(state))
        .map((state) => (
          <button
            key={state} type="button" className={classes.chip} aria-pressed={search.state?.includes(state) ?? false}
            onClick={() => onChange(withFilter(search, { state: toggled(search.state, state) }))} data-chip={state}
          >
            <StateMark state={state} /><b className="num">{figure(counts[state] ?? 0)}</b>
          </button>
        ))}
    </div>
  )
}

const byName = (a: Choice, b: Choice): number => a.label.localeCompare(b.label)

function useChoices(board: Board, facets: Facets): Record<Exclude<ListName, 'state'>, Choice[]> {
  const { macroPhases, chapters, teams } = board
  return useMemo(() => {
    const order = new Map(macroPhases.map(({ id, position }) => [id, position]))
    const place = (id: string) => order.get(id) ?? 0
    return {
      phase: [...macroPhases].sort((a, b) => a.position - b.position)
        .map(({ id, code, name }) => ({ value: code, code, label: name, count: facets.phase.get(id) ?? 0 })),
      chapter: [...chapters].sort((a, b) => place(a.macroPhaseId) - place(b.macroPhaseId) || a.position - b.position)
        .map(({ id, code, name }) => ({ value: code, code, label: name, count: facets.chapter.get(id) ?? 0 })),
      // A team without a step in this iteration would leave nothing.
      team: teams.filter(({ id }) => facets.team.has(id)).map(({ id, code, name }) => ({ value: code, label: name, count: facets.team.get(id) ?? 0 })).sort(byName),
      label: [...facets.label].map(([label, count]) => ({ value: label, label, count })).sort(byName),
    }
  }, [macroPhases, chapters, teams, facets])
}

const lists: readonly { name: Exclude<ListName, 'state'>; label: string }[] = [
  { name: 'phase', label: 'Macro-phase' }, { name: 'chapter', label: 'Chapter' }, { name: 'team', label: 'Team' }, { name: 'label', label: 'Label' },
]

/** Macro-phases, chapters, teams and labels, each to choose many from. */
export function Picks({ board, search, onChange, facets }: FilterProps & { facets: Facets }) {
  const choices = useChoices(board, facets)
  return lists.map(({ name, label }) => (
    <PickMany
      key={name} name={label} choices={choices[name]} value={search[name] ?? []}
      onChange={(next) => onChange(withFilter(search, { [name]: next }))}
    />
  ))
}

function Toggle({ on, label, count, title, onClick, name }: { on: boolean; label: string; count: number; title: string; name: string; onClick: () => void }) {
  return (
    <button type="button" className={classes.chip} aria-pressed={on} title={title} onClick={onClick} data-toggle={name}>
      {label}<b className="num">{figure(count)}</b>
    </button>
  )
}

/** My teams, late, critical, out of scope; each says how many. */
export function Toggles({ board, search, onChange, facets }: FilterProps & { facets: Facets }) {
  const { mine = false, late = false, critical = false, out = false } = search
  const { outOfScopeCount } = board.iteration
  return (
    <>
      <Toggle name="mine" on={mine} label="Mine" count={facets.mine} title="Steps of my teams" onClick={() => onChange(withFilter(search, { mine: !mine }))} />
      <Toggle name="late" on={late} label="Late" count={facets.late} title="Behind the plan: open ones, and those that ended late" onClick={() => onChange(withFilter(search, { late: !late }))} />
      {(facets.critical > 0 || critical) && (
        <Toggle name="critical" on={critical} label="Critical" count={facets.critical} title="On the critical path of the forecast: a delay of one of these delays the finish" onClick={() => onChange(withFilter(search, { critical: !critical }))} />
      )}
      {(outOfScopeCount > 0 || out) && (
        <Toggle
          name="out" on={out} label="Out of scope" count={outOfScopeCount} onClick={() => onChange(withFilter(search, { out: !out }))}
          title={out ? 'Steps that are not part of this iteration are listed' : 'Steps that are not part of this iteration are not listed'}
        />
      )}
    </>
  )
}
