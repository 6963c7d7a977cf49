import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import classes from './marks.module.css'

export type RagColor = 'red' | 'amber' | 'green' | 'grey'

const look = {
  red: { icon: IconAlertOctagon, word: 'Red', color: 'var(--t-red)', ground: 'var(--t-red-soft)' },
  amber: { icon: IconAlertTriangle, word: 'Amber', color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  green: { icon: IconCircleCheck, word: 'Green', color: 'var(--t-green)', ground: 'var(--t-green-soft)' },
  grey: { icon: IconCircleDashed, word: 'Not evaluated', color: 'var(--t-dim)', ground: 'var(--t-soft)' },
} as const

/** Red, amber, green or not evaluated; the reason stands beside it wherever it is shown. */
export function RagMark({ color }: { color: RagColor }) {
  const { icon: Icon, word, color: ink, ground } = look[color]
  return (
    <span className={classes.pill} style={{ color: ink, background: ground }}>
      <Icon size={14} stroke={2} aria-hidden />
      {word}
    </span>
  )
}
