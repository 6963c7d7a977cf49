import { IconArrowBackUp, IconCircleCheck, IconHistory, IconPencil } from '@tabler/icons-react'
import { Pill } from './Pill'

const look = {
  draft: { word: 'Draft', icon: IconPencil, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  approved: { word: 'Approved', icon: IconCircleCheck, color: 'var(--t-green)', ground: 'var(--t-green-soft)' },
  undone: { word: 'Undone', icon: IconArrowBackUp, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
  superseded: { word: 'Superseded', icon: IconHistory, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
} as const

/** The status of a plan version as a pill: colour, icon and word. */
export function VersionMark({ status }: { status: keyof typeof look }) {
  const { word, icon: Icon, color, ground } = look[status]
  return <Pill color={color} ground={ground}><Icon size={14} aria-hidden /> {word}</Pill>
}
