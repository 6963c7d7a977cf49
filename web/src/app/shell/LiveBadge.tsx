import { Tooltip } from '@mantine/core'
import { IconAccessPoint, IconCloudOff, IconLoader2, IconRefresh } from '@tabler/icons-react'
import type { LiveMode } from '../../api/live/mode'
import type { LiveStatus } from '../../api/live/connection'
import { useLiveStatus } from '../../api/live/context'
import { ago, clockSeconds } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './shell.module.css'

const look: Record<LiveMode, { word: string; icon: typeof IconRefresh; color: string; ground: string }> = {
  connecting: { word: 'Connecting', icon: IconLoader2, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
  live: { word: 'Live', icon: IconAccessPoint, color: 'var(--t-green)', ground: 'var(--t-green-soft)' },
  polling: { word: 'Polling', icon: IconRefresh, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  reconnecting: { word: 'Reconnecting', icon: IconLoader2, color: 'var(--t-amber)', ground: 'var(--t-amber-soft)' },
  offline: { word: 'Offline', icon: IconCloudOff, color: 'var(--t-red)', ground: 'var(--t-red-soft)' },
}

const meaning: Record<LiveMode, string> = {
  connecting: 'Opening the live connection.',
  live: 'Changes appear as they happen.',
  polling: 'The live connection is not to be had; the page asks every 5 seconds.',
  reconnecting: 'The live connection broke; it is being made again.',
  offline: 'The server cannot be reached.',
}

function heardAgo(status: LiveStatus, here: number): string {
  if (status.lastHeardAt === null) return ''
  return ` · ${ago(Math.max(0, Math.floor((here - status.lastHeardAt) / 1000)))}`
}

/** How fresh the page is: colour, icon, word and the seconds since the server was last heard. */
export function LiveBadge() {
  const status = useLiveStatus()
  const { zone } = useZone()
  // Renders each second; what is measured is this machine's clock, as both ends of it are.
  useNow()
  const { word, icon: Icon, color, ground } = look[status.mode]
  const heard = status.lastHeardAt === null ? 'nothing heard yet' : `last heard at ${clockSeconds(status.lastHeardAt, zone)}`
  const head = status.head === null ? '' : `, event number ${status.head}`
  return (
    <Tooltip label={`${meaning[status.mode]} ${heard}${head}`} multiline maw={300}>
      <span
        className={`${classes.badge} num`} style={{ color, background: ground }} tabIndex={0}
        data-live={status.mode} aria-label={`${word}. ${meaning[status.mode]}`} role="img"
      >
        <Icon size={14} stroke={2} aria-hidden />
        {/* eslint-disable-next-line react-hooks/purity -- the age is the point, and a tick renders it anew */}
        {word}{heardAgo(status, Date.now())}
      </span>
    </Tooltip>
  )
}
