import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { IconFocusCentered, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import classes from './gantt.module.css'
import type { Zoom } from './useZoom'

const kinds = [
  ['baseline', 'Baseline, where it differs'], ['planned', 'Planned'], ['forecast', 'Forecast'], ['actual', 'Actual'],
  ['near', 'The darker, the nearer to critical'], ['critical', 'Critical path'], ['whisker', 'Ends by here in 4 of 5 nights (P80)'],
] as const
const blackout = [['blackout', 'Blackout: nobody works']] as const

function Legend({ blackouts }: { blackouts: boolean }) {
  return (
    <ul className={classes.legend} aria-label="What the bars mean">
      {[...kinds, ...(blackouts ? blackout : [])].map(([kind, words]) => <li key={kind}><span className={classes.swatch} data-kind={kind} aria-hidden />{words}</li>)}
    </ul>
  )
}

/** Zoom, the way to now, and what the bars mean. */
export function Toolbar({ zoom, blackouts, onNow }: { zoom: Zoom; blackouts: boolean; onNow: (() => void) | undefined }) {
  return (
    <div className={`${classes.toolbar} no-print`} role="toolbar" aria-label="Gantt">
      <Tooltip label="Farther  −"><ActionIcon variant="default" size={28} aria-label="Farther" disabled={zoom.fitted} onClick={() => zoom.by(1 / 1.5)}><IconZoomOut size={16} /></ActionIcon></Tooltip>
      <Tooltip label="Nearer  +"><ActionIcon variant="default" size={28} aria-label="Nearer" onClick={() => zoom.by(1.5)}><IconZoomIn size={16} /></ActionIcon></Tooltip>
      <Tooltip label="All of it  0"><ActionIcon variant="default" size={28} aria-label="Show all of it" onClick={zoom.fit}><IconFocusCentered size={16} /></ActionIcon></Tooltip>
      {onNow && <Tooltip label="N"><Button variant="default" size="compact-sm" onClick={onNow}>Go to now</Button></Tooltip>}
      <div className={classes.wideLegend}><Legend blackouts={blackouts} /></div>
      <Popover position="bottom-start" withArrow>
        <Popover.Target><Button variant="subtle" size="compact-sm" className={classes.legendButton ?? ''}>What the bars mean</Button></Popover.Target>
        <Popover.Dropdown><Legend blackouts={blackouts} /></Popover.Dropdown>
      </Popover>
    </div>
  )
}
