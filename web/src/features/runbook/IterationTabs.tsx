import { Link } from '@tanstack/react-router'
import type { Iteration } from '../../api/types'
import { useEdges } from '../../ui/useEdges'
import classes from './tabs.module.css'
import { iterationViews, type View } from './views'

/** The views of one iteration, each with an address of its own. */
export function IterationTabs({ iteration, here }: { iteration: Iteration; here: View }) {
  const { more, ref } = useEdges()
  return (
    <nav ref={ref} data-more={more} className={`${classes.tabs} no-print`} aria-label={`Views of ${iteration.name}`}>
      {iterationViews.map(({ view, label, icon: Icon, to }) => (
        <Link
          key={view} to={to(iteration.migration.key, iteration.name)} className={classes.tab ?? ''} activeOptions={{ exact: true, includeSearch: false }}
          aria-current={view === here ? 'page' : undefined}
        >
          <Icon size={15} aria-hidden /> {label}
        </Link>
      ))}
    </nav>
  )
}
