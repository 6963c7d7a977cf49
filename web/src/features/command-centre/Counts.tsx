import type { Progress } from '../../api/types'
import { figure } from '../../lib/figure'
import { stepStates, stepStateWord } from '../../lib/states'
import { StateMark } from '../../ui/StateMark'
import classes from './cards.module.css'

/** Always there, that they do not jump about; the others only when they say something. */
const always = new Set(['in_progress', 'ready', 'not_ready', 'complete'])

/** Steps by state, each with colour, icon and word. */
export function Counts({ counts }: { counts: Progress['counts'] }) {
  const shown = stepStates.filter((state) => always.has(state) || (counts[state] ?? 0) > 0)
  return (
    <ul className={classes.counts} aria-label="Steps by state">
      {shown.map((state) => (
        <li key={state} data-count={state}>
          <b className="num">{figure(counts[state] ?? 0)}</b>
          <StateMark state={state} word={state === 'not_ready' ? 'Waiting' : stepStateWord[state]} />
        </li>
      ))}
    </ul>
  )
}
