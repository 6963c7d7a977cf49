import {
  IconArchive, IconBroadcast, IconCalendarCheck, IconCalendarTime, IconCircleCheck, IconPencil, IconPlayerPauseFilled,
  IconPlayerTrackPrev, IconX,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { type IterationStateName, iterationStateWord } from '../lib/states'
import classes from './marks.module.css'

type Glyph = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>

const look: Record<IterationStateName, { icon: Glyph; color: string; ground: string }> = {
  planning: { icon: IconPencil, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
  scheduled: { icon: IconCalendarTime, color: 'var(--t-accent)', ground: 'var(--t-accent-soft)' },
  live: { icon: IconBroadcast, color: 'var(--t-green)', ground: 'var(--t-green-soft)' },
  on_hold: { icon: IconPlayerPauseFilled, color: 'var(--t-red)', ground: 'var(--t-red-soft)' },
  complete: { icon: IconCircleCheck, color: 'var(--t-green)', ground: 'var(--t-soft)' },
  closed: { icon: IconArchive, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
  backing_out: { icon: IconPlayerTrackPrev, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  backed_out: { icon: IconCalendarCheck, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  abandoned: { icon: IconX, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
}

/** An iteration's state as a pill: colour, icon and word. */
export function IterationMark({ state }: { state: IterationStateName }) {
  const { icon: Icon, color, ground } = look[state]
  return (
    <span className={classes.pill} style={{ color, background: ground }} data-iteration-state={state}>
      <Icon size={14} stroke={2} aria-hidden />
      {iterationStateWord[state]}
    </span>
  )
}
