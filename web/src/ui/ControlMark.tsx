import { IconBan, IconCircleCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import classes from './control-mark.module.css'

export type ControlState = 'pending' | 'passed' | 'failed' | 'cancelled'
type Glyph = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>

const look: Record<ControlState, { icon: Glyph; color: string }> = {
  pending: { icon: IconCircleDashed, color: 'var(--t-dim)' },
  passed: { icon: IconCircleCheck, color: 'var(--t-green)' },
  failed: { icon: IconX, color: 'var(--t-red)' },
  cancelled: { icon: IconBan, color: 'var(--t-dim)' },
}

/** How far a control is: colour, icon, word. Passed by order is said. */
export function ControlMark({ state, overridden }: { state: ControlState; overridden: boolean }) {
  const { icon: Icon, color } = look[state]
  return (
    <span style={{ color }} className={classes.mark}>
      <Icon size={14} aria-hidden /> {overridden ? 'passed by order' : state}
    </span>
  )
}
