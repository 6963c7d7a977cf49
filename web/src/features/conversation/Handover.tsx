import { Button, Group, Stack, Text } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { commentsQuery } from '../../api/spoken'
import { Dialog } from '../../ui/Dialog'
import { say as tell } from '../../ui/notify'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { ErrorState, LoadingRows } from '../../ui/states'
import { CommentItem } from './CommentItem'
import { NamesNobody } from './Conversation'
import { longest, MentionArea } from './MentionArea'
import { useSay } from './useSay'
import classes from './conversation.module.css'

const room = 1000

/** What stands on the board, cut where it would leave no room for words of one's own. */
const beginning = (prefill: string): string => {
  const whole = prefill.trim()
  if (whole === '') return ''
  return whole.length <= longest - room ? `${whole}\n\n` : `${whole.slice(0, longest - room).trimEnd()}…\n(cut: the board has the rest)\n\n`
}

function HandoverDialog({ iterationId, prefill, onClose }: { iterationId: string; prefill: string; onClose: (unknown: readonly string[]) => void }) {
  const [text, setText] = useState(() => beginning(prefill))
  const say = useSay(iterationId, ({ unknown }) => {
    tell('The hand-over note is on everybody’s screen.')
    onClose(unknown)
  })
  const ready = text.trim() !== '' && !say.isPending
  const send = () => { if (ready) say.mutate({ body: text, kind: 'handover' }) }
  return (
    <Dialog onClose={() => onClose([])} title="Hand over to the next shift" size="lg">
      <Stack gap="sm">
        <Text size="sm">What the board says now is filled in. Add what it does not say: what to watch, who is reached how, what was agreed.</Text>
        <MentionArea iterationId={iterationId} label="Hand-over note" value={text} onChange={setText} onSend={send} minRows={8} focus />
        {say.error && <ProblemNotice problem={asProblem(say.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={() => onClose([])}>Cancel</Button>
          <Button size="sm" onClick={send} disabled={!ready} loading={say.isPending}>Hand over</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

/** What one shift left to the next: the newest note on top, for everybody. `prefill` = what the board says now. */
export function Handover({ iterationId, prefill }: { iterationId: string; prefill: string }) {
  const [open, setOpen] = useState(false)
  const [unknown, setUnknown] = useState<readonly string[]>([])
  const whyOff = useWhyOffline()
  const query = useInfiniteQuery(commentsQuery(iterationId, 'handover'))
  const notes = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (query.isPending) return <LoadingRows rows={2} label="Loading the hand-over notes" />
  if (query.isError && notes.length === 0) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const [newest, ...earlier] = notes
  const item = (note: (typeof notes)[number]) => (
    <CommentItem key={note.id} iterationId={iterationId} comment={note} showStep={false} onUnknown={setUnknown} />
  )
  return (
    <div className={classes.conversation}>
      {newest ? <ul className={classes.list} aria-label="The newest hand-over note">{item(newest)}</ul> : <Text size="sm" c="dimmed">No shift has handed over yet.</Text>}
      <NamesNobody words={unknown} />
      {(query.data?.pages[0]?.mayAdd ?? false) && (
        <div>
          <Button
            size="compact-sm" variant="default" leftSection={<IconArrowsExchange size={14} aria-hidden />} onClick={() => setOpen(true)}
            disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
          >
            Hand over
          </Button>
        </div>
      )}
      {earlier.length > 0 && (
        <details className={classes.earlier}>
          <summary>Earlier notes ({earlier.length}{query.hasNextPage ? '+' : ''})</summary>
          <ul className={classes.list}>{earlier.map(item)}</ul>
          {query.hasNextPage && <Button size="compact-sm" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Older</Button>}
        </details>
      )}
      {open && <HandoverDialog iterationId={iterationId} prefill={prefill} onClose={(words) => { setUnknown(words); setOpen(false) }} />}
    </div>
  )
}
