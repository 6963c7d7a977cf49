import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Impediment } from '../../api/types'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { say } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useMoveImpediment } from './useImpediment'

const words = {
  resolve: { title: 'Resolve', label: 'How it was resolved', done: 'is resolved' },
  reopen: { title: 'Reopen', label: 'Why it stands in the way again', done: 'is open again' },
} as const

/** Resolves an impediment or opens it again, with the words that go into the log. */
export function MoveDialog({ iterationId, one, to, onClose }: { iterationId: string; one: Impediment; to: 'resolve' | 'reopen'; onClose: () => void }) {
  const [text, setText] = useState('')
  const { title, label, done } = words[to]
  const move = useMoveImpediment(iterationId, one, to, () => {
    say(`Impediment ${one.number} ${done}.`)
    onClose()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (text.trim() !== '' && !move.isPending) move.mutate(text.trim())
  }
  return (
    <Dialog onClose={onClose} title={`${title} impediment ${one.number}`}>
      <form onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }}>
        <Stack gap="sm">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{one.title}</Text>
          <Textarea
            data-autofocus label={label} size="sm" required autosize minRows={2} maxRows={8} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)}
          />
          {move.error && <ProblemNotice problem={asProblem(move.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" type="submit" disabled={text.trim() === ''} loading={move.isPending} rightSection={<Kbd of="Mod+Enter" />}>{title}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
