import { IconArrowsExchange } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLiveStatus } from '../../../api/live/context'
import { sessionQuery } from '../../../api/queries'
import { useNow } from '../../../ui/useNow'
import { useZone } from '../../../ui/zone'
import classes from './acting.module.css'
import { actingWords } from './words'

const lookAgainMs = 30_000

/**
 * Says, on every page, for whom one acts and until when. It is what keeps the session fresh too: a session that
 * was ended elsewhere is noticed here, at the latest when it is next looked at, and at once when the line is cut.
 */
export function ActingBanner() {
  const { data, refetch } = useQuery({ ...sessionQuery, refetchInterval: lookAgainMs })
  const { mode } = useLiveStatus()
  const now = useNow(15_000)
  const { zone } = useZone()
  useEffect(() => {
    if (mode === 'reconnecting') void refetch()
  }, [mode, refetch])
  const words = data ? actingWords(data.user.substituting, now, zone) : null
  if (words === null) return null
  return (
    <div className={classes.banner} role="status" data-testid="acting-banner">
      <IconArrowsExchange size={17} aria-hidden />
      <span><b>{words}.</b> <span className={classes.more}>You have their rights besides your own, and the log names both of you.</span></span>
    </div>
  )
}
