import { IconTimeline, IconCalendarTime, IconChecklist, IconGavel, IconLayoutDashboard, IconListDetails, IconSitemap } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Iteration } from '../../api/types'
import { paths } from '../../lib/paths'
import { plannerPath } from '../../lib/schedulePaths'
import { viewPaths } from '../../lib/viewPaths'
import { useEdges } from '../../ui/useEdges'
import classes from './tabs.module.css'

type View = 'command' | 'runsheet' | 'gantt' | 'graph' | 'planner' | 'decisions' | 'controls'

const tabs: readonly { view: View; label: string; icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>; to: (key: string, name: string) => string }[] = [
  { view: 'command', label: 'Command centre', icon: IconLayoutDashboard, to: paths.commandCentre },
  { view: 'runsheet', label: 'Runsheet', icon: IconListDetails, to: paths.runsheet },
  { view: 'gantt', label: 'Gantt', icon: IconTimeline, to: viewPaths.gantt },
  { view: 'graph', label: 'Graph', icon: IconSitemap, to: viewPaths.graph },
  { view: 'planner', label: 'Planner', icon: IconCalendarTime, to: plannerPath },
  { view: 'controls', label: 'Controls', icon: IconChecklist, to: paths.controls },
  { view: 'decisions', label: 'Decisions', icon: IconGavel, to: paths.decisions },
]

/** The views of one iteration, each with an address of its own. */
export function IterationTabs({ iteration, here }: { iteration: Iteration; here: View }) {
  const { more, ref } = useEdges()
  return (
    <nav ref={ref} data-more={more} className={`${classes.tabs} no-print`} aria-label={`Views of ${iteration.name}`}>
      {tabs.map(({ view, label, icon: Icon, to }) => (
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
