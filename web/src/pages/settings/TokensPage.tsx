import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { sessionQuery, tokensQuery } from '../../api/queries'
import { NewTokenDialog } from '../../features/tokens/NewTokenDialog'
import { TokenList } from '../../features/tokens/TokenList'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'
import classes from './settings.module.css'

/** One's own API tokens. */
export function TokensPage() {
  const tokens = useQuery(tokensQuery)
  const publicUrl = useQuery(sessionQuery).data?.publicUrl ?? window.location.origin
  const whyOff = useWhyOffline()
  const [making, setMaking] = useState(false)
  const make = (
    <Button
      size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}
      disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
    >
      New token
    </Button>
  )
  return (
    <>
      <header><h1>My tokens</h1>{tokens.data && tokens.data.length > 0 && make}</header>
      <p className={classes.lead}>API tokens are for scripts that call the API: scripts that use one act as you, with your rights. What they do stands in the log under your name.</p>
      <Card>
        {tokens.data && tokens.data.length > 0 && <TokenList tokens={tokens.data} />}
        {tokens.data?.length === 0 && <EmptyState title="You have no API token" action={make}>A script that calls the API needs one; the page and the command line do not.</EmptyState>}
        {tokens.isPending && <LoadingRows rows={4} label="Loading your tokens" />}
        {tokens.isError && !tokens.data && <ErrorState problem={asProblem(tokens.error)} onRetry={() => void tokens.refetch()} />}
      </Card>
      {making && <NewTokenDialog publicUrl={publicUrl} onClose={() => setMaking(false)} />}
    </>
  )
}
