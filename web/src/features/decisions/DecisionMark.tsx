import { IconCheck, IconClock, IconClockX, IconMinus, IconX } from '@tabler/icons-react'
import type { Decision } from '../../api/types'
import { saidWord, statusWord } from './words'
import classes from './decisions.module.css'

const icons = { open: IconClock, withdrawn: IconMinus, ended: IconClockX, set_aside: IconMinus } as const

/** Where a decision stands, or what it came to: icon, word and colour. */
export function DecisionMark({ decision }: { decision: Pick<Decision, 'kind' | 'status' | 'outcome'> }) {
  const { status, outcome } = decision
  const decided = status === 'decided' && outcome !== null
  const Icon = status === 'decided' ? (outcome === 'go' ? IconCheck : IconX) : icons[status]
  return (
    <span className={classes.mark} data-status={status} data-outcome={decided ? outcome : undefined}>
      <Icon size={15} stroke={2.2} aria-hidden /> {decided ? saidWord(decision.kind, outcome) : statusWord[status]}
    </span>
  )
}
