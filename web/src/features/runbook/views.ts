import { IconCalendarTime, IconChecklist, IconGavel, IconLayoutDashboard, IconListDetails, IconSitemap, IconTimeline } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { paths } from '../../lib/paths'
import { plannerPath } from '../../lib/schedulePaths'
import { viewPaths } from '../../lib/viewPaths'

export type View = 'command' | 'runsheet' | 'gantt' | 'graph' | 'planner' | 'decisions' | 'controls'

interface IterationView {
  view: View
  label: string
  icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>
  to: (key: string, name: string) => string
}

/** The views of one iteration, in the order of their tabs; each has an address of its own. */
export const iterationViews: readonly IterationView[] = [
  { view: 'command', label: 'Command centre', icon: IconLayoutDashboard, to: paths.commandCentre },
  { view: 'runsheet', label: 'Runsheet', icon: IconListDetails, to: paths.runsheet },
  { view: 'gantt', label: 'Gantt', icon: IconTimeline, to: viewPaths.gantt },
  { view: 'graph', label: 'Graph', icon: IconSitemap, to: viewPaths.graph },
  { view: 'planner', label: 'Planner', icon: IconCalendarTime, to: plannerPath },
  { view: 'controls', label: 'Controls', icon: IconChecklist, to: paths.controls },
  { view: 'decisions', label: 'Decisions', icon: IconGavel, to: paths.decisions },
]
