import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { activationMessageQuery } from '../../api/messages'
import { asProblem } from '../../api/problem'
import type { ActivationMessage } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { ErrorState, LoadingRows } from '../../ui/states'
import classes from './messages.module.css'

export interface Wording {
  subject: string
  body: string
}

function Readers({ message }: { message: ActivationMessage }) {
  return (
    <div className={classes.readers}>
      {message.recipients.length > 0 && (
        <ul aria-label="To">
          {message.recipients.map(({ address }) => <li key={address} data-suppressed={message.suppressed || undefined}>{address}</li>)}
        </ul>
      )}
      <Text size="sm" c={message.suppressed || message.recipients.length === 0 ? 'orange' : 'dimmed'}>{message.sentence}</Text>
    </div>
  )
}

function Form({ message, onClose, onActivate }: {
  message: ActivationMessage
  onClose: () => void
  onActivate: (message: Wording | null) => void
}) {
  const [subject, setSubject] = useState(message.subject)
  const [body, setBody] = useState(message.body)
  const words = useRef<HTMLTextAreaElement>(null)
  // The dialog was there before its message: the keyboard goes to the words once they are.
  useEffect(() => words.current?.focus({ preventScroll: true }), [])
  const changed = subject !== message.subject || body !== message.body
  const missing = subject.trim() === '' || body.trim() === ''
  const submit = (event: SubmitEvent | React.KeyboardEvent) => {
    event.preventDefault()
    if (!missing) onActivate(changed ? { subject: subject.trim(), body } : null)
  }
  return (
    <form onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }}>
      <Stack gap="sm">
        <Readers message={message} />
        <TextInput label="Subject" size="sm" maxLength={200} required value={subject} onChange={(event) => setSubject(event.currentTarget.value)} />
        <Textarea
          ref={words} label="Message" size="sm" autosize minRows={8} maxRows={18} maxLength={20_000} required value={body}
          description="Sent as it stands here. The log’s anchor is added below." onChange={(event) => setBody(event.currentTarget.value)}
          classNames={{ input: classes.words ?? '' }}
        />
        <Group justify="flex-end" gap="xs">
          {changed && <Button size="sm" variant="subtle" color="gray" mr="auto" onClick={() => { setSubject(message.subject); setBody(message.body) }}>Back to the template’s words</Button>}
          <Button size="sm" variant="default" onClick={onClose}>Back</Button>
          <Button size="sm" type="submit" disabled={missing} rightSection={<Kbd of="Mod+Enter" />}>{changed ? 'Activate with these words' : 'Activate'}</Button>
        </Group>
      </Stack>
    </form>
  )
}

interface Props {
  iterationId: string
  stepCode: string
  opened: boolean
  onClose: () => void
  /** Null: in the template's own words. */
  onActivate: (message: Wording | null) => void
}

/** What a step's team will be told, before it goes: to whom, in which words, and these to be changed. */
export function ActivationMessageDialog({ iterationId, stepCode, opened, onClose, onActivate }: Props) {
  const query = useQuery({ ...activationMessageQuery(iterationId, stepCode), enabled: opened })
  if (!opened) return null
  return (
    <Dialog onClose={onClose} size="xl" title={`Activate ${stepCode}: what its team is told`}>
      {query.isPending && <LoadingRows rows={6} label="Loading the message" />}
      {query.isError && !query.data && <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data && <Form message={query.data} onClose={onClose} onActivate={onActivate} />}
    </Dialog>
  )
}
