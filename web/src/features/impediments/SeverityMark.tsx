import { IconAlertOctagon, IconAlertTriangle, IconArrowDown, IconMinus } from '@tabler/icons-react'
import type { Severity } from '../../api/types'
import { Pill } from '../../ui/Pill'
import { severityWord } from './words'

const look = {
  CRITICAL: { icon: IconAlertOctagon, color: 'var(--t-red)', ground: 'var(--t-red-soft)' },
  HIGH: { icon: IconAlertTriangle, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  MEDIUM: { icon: IconMinus, color: 'var(--t-blue)', ground: 'var(--t-accent-soft)' },
  LOW: { icon: IconArrowDown, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
} as const

/** How bad it is: colour, icon and word. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const { icon: Icon, color, ground } = look[severity]
  return <Pill color={color} ground={ground}><Icon size={14} aria-hidden /> {severityWord[severity]}</Pill>
}
