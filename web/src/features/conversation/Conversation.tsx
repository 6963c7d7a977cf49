import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { commentsQuery } from '../../api/spoken'
import { Kbd } from '../../ui/Kbd'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { ErrorState, LoadingRows } from '../../ui/states'
import { CommentItem } from './CommentItem'
import { MentionArea } from './MentionArea'
import { useSay } from './useSay'
import classes from './conversation.module.css'

interface Props {
  iterationId: string
  /** Without it: of the whole iteration, with what was said of its steps. */
  stepCode?: string
}

function Composer({ iterationId, stepCode, onUnknown }: Props & { onUnknown: (words: readonly string[]) => void }) {
  const [text, setText] = useState('')
  const whyOff = useWhyOffline()
  const say = useSay(iterationId, ({ unknown }) => {
    setText('')
    onUnknown(unknown)
  })
  const ready = text.trim() !== '' && whyOff === null && !say.isPending
  const send = () => { if (ready) say.mutate({ body: text, kind: 'comment', stepCode }) }
  return (
    <div className={classes.composer}>
      <MentionArea
        iterationId={iterationId} label={stepCode === undefined ? 'Comment on the iteration' : `Comment on ${stepCode}`}
        placeholder="Comment; @ names a person or a team" value={text} onChange={setText} onSend={send}
      />
      {say.error && <ProblemNotice problem={asProblem(say.error)} onClose={say.reset} />}
      {text !== '' && (
        <div className={classes.buttons}>
          {text.length > 3800 && <span className="num dim">{text.length} of 4,000</span>}
          <Button
            size="compact-sm" onClick={send} disabled={!ready} loading={say.isPending} rightSection={<Kbd of="Mod+Enter" />}
            {...(whyOff === null ? {} : { title: whyOff })}
          >
            Comment
          </Button>
        </div>
      )}
    </div>
  )
}

/** Says it without alarm: the comment stands, only nobody was told by that word. */
export function NamesNobody({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <Text size="xs" c="dimmed" role="status">
      {words.map((word) => `@${word}`).join(', ')} {words.length === 1 ? 'names' : 'name'} nobody here: it was written, and nobody was told by it.
    </Text>
  )
}

/** What was said of a step or of the iteration, the newest on top. */
export function Conversation({ iterationId, stepCode }: Props) {
  const [unknown, setUnknown] = useState<readonly string[]>([])
  const query = useInfiniteQuery(commentsQuery(iterationId, 'comment', stepCode))
  const comments = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (query.isPending) return <LoadingRows rows={2} label="Loading the conversation" />
  if (query.isError && comments.length === 0) return <ErrorState problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  const mayAdd = query.data?.pages[0]?.mayAdd ?? false
  return (
    <div className={classes.conversation}>
      {mayAdd && <Composer iterationId={iterationId} {...(stepCode === undefined ? {} : { stepCode })} onUnknown={setUnknown} />}
      <NamesNobody words={unknown} />
      {comments.length === 0 && !mayAdd && <Text size="sm" c="dimmed">Nobody has said anything.</Text>}
      {comments.length > 0 && (
        <ul className={classes.list} aria-label="Comments, the newest first">
          {comments.map((comment) => (
            <CommentItem key={comment.id} iterationId={iterationId} comment={comment} showStep={stepCode === undefined} onUnknown={setUnknown} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button size="compact-sm" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Older</Button>
      )}
    </div>
  )
}
