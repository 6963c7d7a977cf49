import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useLiveStatus } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { mailsQuery, sessionQuery } from '../../api/queries'
import type { Mail } from '../../api/types'
import { MailList } from '../../features/mails/MailList'
import { MailReader } from '../../features/mails/MailReader'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import classes from './mails-page.module.css'

/** Looks again as soon as anything happened, beside the steady look each few seconds. */
function useMails() {
  const cache = useQueryClient()
  const { head } = useLiveStatus()
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: mailsQuery.queryKey })
  }, [cache, head])
  return useQuery(mailsQuery)
}

function Box({ mails, servers }: { mails: readonly Mail[]; servers: readonly string[] }) {
  const asked = useRouterState({ select: (state) => state.location.hash })
  const open = mails.find(({ id }) => id === asked)
  // With room for both, the newest is open until another one is chosen; a phone shows the list first.
  const read = open ?? mails[0]
  return (
    <div className={classes.page} data-open={open !== undefined || undefined}>
      <div className={classes.head}>
        <h1>Mails</h1>
        <span>What the demo would have sent: {mails.length} {mails.length === 1 ? 'mail' : 'mails'}, none of which left this machine.</span>
      </div>
      <div className={classes.list}><MailList mails={mails} openId={read?.id} /></div>
      <div className={classes.reader}>{read && <MailReader mail={read} servers={servers} />}</div>
    </div>
  )
}

/** The demo's mail catcher: everything Tminus mailed, to whomever. */
export function MailsPage() {
  const mails = useMails()
  const session = useQuery(sessionQuery).data
  if (mails.data && mails.data.length > 0) {
    return <Box mails={mails.data} servers={[window.location.origin, session?.publicUrl ?? '']} />
  }
  if (mails.data) {
    return (
      <EmptyState title="No mail yet">
        Start an iteration with comms on and activate a step: its team’s mail turns up here. None leaves this machine.
      </EmptyState>
    )
  }
  if (mails.isError) return <ErrorState problem={asProblem(mails.error)} onRetry={() => void mails.refetch()} />
  return <LoadingRows rows={10} label="Loading the mails" />
}
