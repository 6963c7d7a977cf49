import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { undeliveredQuery } from '../../api/messages'
import { asProblem } from '../../api/problem'
import type { MessageRow } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { ErrorState, LoadingRows } from '../../ui/states'
import { UndeliveredItem } from './UndeliveredItem'
import { useSeeTo } from './useSeeTo'
import classes from './messages.module.css'

/** What may have arrived is sent a second time only by somebody who knows that. */
function TwiceDialog({ message, onSend, onClose }: { message: MessageRow; onSend: () => void; onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title={`Send again to ${message.recipient}`}>
      <Stack gap="sm">
        <Text size="sm">Nobody knows whether it arrived. If it did, {message.recipient} reads it twice.</Text>
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Back</Button>
          <Button size="sm" data-autofocus onClick={onSend}>Send again</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

/** Messages that failed, or may not have arrived, and that nobody has seen to; with whom to call instead. */
export function UndeliveredList({ iterationId }: { iterationId: string }) {
  const query = useQuery(undeliveredQuery(iterationId))
  const seeTo = useSeeTo(iterationId)
  const whyOff = useWhyOffline()
  const [asked, setAsked] = useState<MessageRow | null>(null)
  if (query.isPending) return <LoadingRows rows={2} label="Loading what did not arrive" />
  if (!query.data) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const { items, counts } = query.data
  if (items.length === 0) {
    const waiting = (counts.queued ?? 0) + (counts.sending ?? 0)
    return <Text size="sm" c="dimmed">{waiting > 0 ? `Nothing has failed; ${waiting} on the way.` : 'Nothing has failed, and nothing is uncertain.'}</Text>
  }
  const resend = (message: MessageRow) => seeTo.mutate({ message, note: null })
  return (
    <>
      <ul className={classes.list} aria-label="Messages that did not arrive">
        {items.map((message) => (
          <UndeliveredItem
            key={message.id} message={message} whyOff={whyOff} busy={seeTo.isPending && seeTo.variables.message.id === message.id}
            onResend={() => (message.status === 'uncertain' ? setAsked(message) : resend(message))}
            onReached={() => seeTo.mutate({ message, note: 'Reached by phone' })}
          />
        ))}
      </ul>
      {asked && <TwiceDialog message={asked} onClose={() => setAsked(null)} onSend={() => { resend(asked); setAsked(null) }} />}
    </>
  )
}
