import {
  IconBan, IconBell, IconCircle, IconCircleCheck, IconHandStop, IconHourglassEmpty, IconPlayerPlayFilled,
  IconPlayerSkipForward, IconProgress, IconX,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { type StepStateName, stepStateWord } from '../lib/states'
import classes from './marks.module.css'

type Glyph = ComponentType<{ size?: number; stroke?: number; x?: number; y?: number; color?: string; 'aria-hidden'?: boolean }>

const look: Record<StepStateName, { icon: Glyph; color: string; strong?: boolean }> = {
  not_ready: { icon: IconCircle, color: 'var(--t-grey)' },
  ready: { icon: IconPlayerPlayFilled, color: 'var(--t-ink)', strong: true },
  activated: { icon: IconBell, color: 'var(--t-cyan)', strong: true },
  in_progress: { icon: IconProgress, color: 'var(--t-blue)', strong: true },
  verifying: { icon: IconHourglassEmpty, color: 'var(--t-violet)', strong: true },
  complete: { icon: IconCircleCheck, color: 'var(--t-green)' },
  blocked: { icon: IconHandStop, color: 'var(--t-red)', strong: true },
  failed: { icon: IconX, color: 'var(--t-red)', strong: true },
  skipped: { icon: IconPlayerSkipForward, color: 'var(--t-amber)' },
  cancelled: { icon: IconBan, color: 'var(--t-grey)' },
}

/** The icon of a state alone, for drawings that write its word beside it. */
export function StateIcon({ state, ...place }: { state: StepStateName; size: number; x: number; y: number }) {
  const { icon: Icon, color } = look[state]
  return <Icon {...place} color={color} aria-hidden />
}

export const stateColor = (state: StepStateName): string => look[state].color

/** A step's state: colour, icon and word, always all three. `word` replaces the usual one ("Dormant"). */
export function StateMark({ state, word }: { state: StepStateName; word?: string | undefined }) {
  const { icon: Icon, color, strong } = look[state]
  return (
    <span className={classes.mark} style={{ color, fontWeight: strong ? 600 : 450 }} data-state={state}>
      <Icon size={15} stroke={2} aria-hidden />
      <span className={classes.word}>{word ?? stepStateWord[state]}</span>
    </span>
  )
}
