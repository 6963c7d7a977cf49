import { IconAlertTriangle, IconClockExclamation, IconRoute } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import classes from './flags.module.css'

export interface Flags { late: boolean; critical: boolean; atRisk: boolean }
type Flag = keyof Flags

const look: Record<Flag, { word: string; icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>; title: string }> = {
  late: { word: 'late', icon: IconClockExclamation, title: 'Late: by the forecast it ends later than planned' },
  critical: { word: 'critical', icon: IconRoute, title: 'Critical: a delay of it delays the finish' },
  atRisk: { word: 'at risk', icon: IconAlertTriangle, title: 'At risk: hardly any float left, or its end in four of five nights lies beyond the window' },
}
const order: readonly Flag[] = ['late', 'critical', 'atRisk']

/** The flags of a step, each with colour, icon and word; `words` of them are written out, the others say theirs on hover. */
export function FlagMarks({ flags, words = 3 }: { flags: Flags; words?: number }) {
  // What is critical has no float: that it is at risk too says nothing more.
  const set = order.filter((flag) => flags[flag] && !(flag === 'atRisk' && flags.critical))
  if (set.length === 0) return null
  return (
    <span className={classes.flags}>
      {set.map((flag, i) => {
        const { word, icon: Icon, title } = look[flag]
        return (
          <span key={flag} className={classes.flag} data-flag={flag} title={title}>
            <Icon size={13} stroke={2} aria-hidden />
            <span className={i < words ? undefined : 'visually-hidden'}>{word}</span>
          </span>
        )
      })}
    </span>
  )
}
