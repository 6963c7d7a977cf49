import { IconMail, IconMailOff } from '@tabler/icons-react'
import type { Iteration } from '../../api/types'
import { commsWord } from '../../lib/states'
import { Pill } from '../../ui/Pill'

/** Whom messages reach; nothing before that was chosen. */
export function CommsPill({ comms }: { comms: Iteration['comms'] }) {
  if (comms === null) return null
  const Icon = comms === 'off' ? IconMailOff : IconMail
  return <Pill><Icon size={14} aria-hidden />{commsWord[comms]}</Pill>
}
