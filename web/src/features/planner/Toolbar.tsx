import { ActionIcon, Button, Group, Tooltip } from '@mantine/core'
import { IconArrowsHorizontal, IconArrowsMaximize, IconFlag, IconRotate, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import type { IterationSchedule, ScheduleAct } from '../../api/schedule'

export type ToolAct = Exclude<ScheduleAct, 'type'>

const tools: readonly { act: ToolAct; label: string; tip: string; icon: ComponentType<{ size: number; 'aria-hidden': boolean }> }[] = [
  { act: 'shift', label: 'Shift…', tip: 'All of it, or some chapters, by minutes', icon: IconArrowsHorizontal },
  { act: 'fit', label: 'Fit to window…', tip: 'Into the window, typed room taken away evenly', icon: IconArrowsMaximize },
  { act: 'derive', label: 'Derive again…', tip: 'Drop what was typed: all follows from the steps', icon: IconRotate },
  { act: 're-baseline', label: 'Re-baseline…', tip: 'What is planned becomes what delays are measured against', icon: IconFlag },
]
const farthest = 64

interface Props {
  schedule: IterationSchedule
  unsaved: boolean
  zoom: number | null
  onZoom: (zoom: number) => void
  onAct: (act: ToolAct) => void
  children?: ReactNode
}

/** What may be done to the whole schedule; what may not says why. */
export function Toolbar({ schedule, unsaved, zoom, onZoom, onAct, children }: Props) {
  const why = (act: ToolAct): string | null => {
    if (!schedule.allowedActions.includes(act)) return act === 're-baseline' && schedule.allowedActions.includes('type') ? 'There is no baseline yet: the first is frozen when it is scheduled' : (schedule.whyNot ?? 'Not now')
    return unsaved ? 'Save or discard your changes first' : null
  }
  return (
    <Group gap={6} className="no-print">
      {tools.map(({ act, label, tip, icon: Icon }) => {
        const no = why(act)
        return (
          <Tooltip key={act} label={no ?? tip} multiline maw={320}>
            <Button size="compact-sm" variant="default" leftSection={<Icon size={15} aria-hidden />} aria-disabled={no !== null} onClick={() => no === null && onAct(act)}>
              {label}
            </Button>
          </Tooltip>
        )
      })}
      {children}
      {zoom !== null && (
        <Group gap={2} ml="auto">
          <Tooltip label="Farther"><ActionIcon variant="subtle" color="gray" aria-label="Farther" disabled={zoom <= 1} onClick={() => onZoom(Math.max(1, zoom / 2))}><IconZoomOut size={17} /></ActionIcon></Tooltip>
          <Tooltip label="Nearer"><ActionIcon variant="subtle" color="gray" aria-label="Nearer" disabled={zoom >= farthest} onClick={() => onZoom(Math.min(farthest, zoom * 2))}><IconZoomIn size={17} /></ActionIcon></Tooltip>
        </Group>
      )}
    </Group>
  )
}
