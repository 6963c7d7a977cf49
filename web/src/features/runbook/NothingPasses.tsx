import { Button } from '@mantine/core'
import type { ForecastIndex } from '../../api/forecast'
import { figure } from '../../lib/figure'
import type { RunsheetSearch } from '../../lib/paths'
import { EmptyState } from '../../ui/states'
import type { FilterProps } from './FilterControls'
import { type InTheWay, whyEmpty, withFilter, withoutFilters } from './filters'
import classes from './filters.module.css'

const steps = (count: number): string => `${figure(count)} ${count === 1 ? 'step' : 'steps'}`
const named = ({ what, words }: InTheWay): string => `${what}: ${words.join(', ')}`

function sentence(alone: InTheWay[], together: boolean): string {
  const [first, ...more] = alone
  if (!first) return together ? 'Each of the filters has steps; none has all of them.' : ''
  if (more.length > 0) return `${alone.map(named).join('; ')}: each of these leaves nothing by itself.`
  return `No step here has ${named(first)}.`
}

/** Nothing passes: which filter is in the way, and what there is without it. */
export function NothingPasses({ board, search, onChange, now, forecast }: FilterProps & { now: number; forecast: ForecastIndex }) {
  const { alone, inTheWay, outOfScope } = whyEmpty(board, search, now, forecast)
  const go = (next: RunsheetSearch) => () => onChange(next)
  return (
    <EmptyState title="No step passes these filters">
      <div className={classes.why} data-testid="nothing">
        <span>{sentence(alone, inTheWay.length > 0)}</span>
        {inTheWay.map((filter) => (
          <Button key={filter.name} variant="default" onClick={go(filter.without)} data-without={filter.name}>
            Without {named(filter)} ({steps(filter.steps)})
          </Button>
        ))}
        {outOfScope > 0 && <Button variant="default" onClick={go(withFilter(search, { out: true }))}>List what is out of scope ({steps(outOfScope)})</Button>}
        <Button variant="subtle" onClick={go(withoutFilters(search))}>Clear all filters</Button>
      </div>
    </EmptyState>
  )
}
