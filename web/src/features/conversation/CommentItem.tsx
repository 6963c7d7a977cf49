import { Button } from '@mantine/core'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import type { Comment } from '../../api/types'
import { millis, near } from '../../lib/time'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { MentionArea } from './MentionArea'
import { partsOf } from './mention'
import { useDeleteComment, useEditComment } from './useSay'
import classes from './conversation.module.css'

interface Props {
  iterationId: string
  comment: Comment
  /** Of which step it is, where several are listed together. */
  showStep: boolean
  onUnknown: (words: readonly string[]) => void
}

function Editing({ iterationId, comment, onUnknown, onDone }: Omit<Props, 'showStep'> & { onDone: () => void }) {
  const [text, setText] = useState(comment.body)
  const edit = useEditComment(iterationId, comment, ({ unknown }) => {
    onUnknown(unknown)
    onDone()
  })
  const ready = text.trim() !== '' && text.trim() !== comment.body
  const save = () => { if (ready && !edit.isPending) edit.mutate(text) }
  return (
    <>
      <MentionArea iterationId={iterationId} label="Edit your comment" value={text} onChange={setText} onSend={save} onCancel={onDone} focus />
      {edit.error && <ProblemNotice problem={asProblem(edit.error)} />}
      <div className={classes.buttons}>
        <Button size="compact-sm" variant="default" onClick={onDone}>Cancel</Button>
        <Button size="compact-sm" onClick={save} disabled={!ready} loading={edit.isPending}>Save</Button>
      </div>
    </>
  )
}

/** Delete asks once more, in its place. */
function Own({ iterationId, comment, onEdit }: { iterationId: string; comment: Comment; onEdit: () => void }) {
  const [asked, setAsked] = useState(false)
  const drop = useDeleteComment(iterationId, comment)
  const whyOff = useWhyOffline()
  const off = { disabled: whyOff !== null, ...(whyOff === null ? {} : { title: whyOff }) }
  if (asked) {
    return (
      <span className={classes.own}>
        Delete it?
        <Button size="compact-xs" variant="default" autoFocus onClick={() => setAsked(false)}>Keep</Button>
        <Button size="compact-xs" color="red" variant="light" loading={drop.isPending} onClick={() => drop.mutate()} {...off}>Delete</Button>
      </span>
    )
  }
  return (
    <span className={classes.own}>
      {comment.allowedActions.includes('edit') && <Button size="compact-xs" variant="subtle" color="gray" onClick={onEdit} {...off}>Edit</Button>}
      {comment.allowedActions.includes('delete') && <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsked(true)} {...off}>Delete</Button>}
    </span>
  )
}

/** The words as text, whatever is in them; a name that was told stands out. */
export function Body({ comment }: { comment: Comment }) {
  return (
    <p className={classes.body}>
      {partsOf(comment).map(({ text, named }, n) => (named ? <b key={n} className={classes.named}>{text}</b> : text))}
    </p>
  )
}

export function useWhen(): (at: string | null) => string {
  const { zone } = useZone()
  const now = useNow(60_000)
  return (at) => near(millis(at) ?? 0, now, zone)
}

/** Something that was said: by whom and when; one's own can be edited and deleted in its place. */
export function CommentItem({ iterationId, comment, showStep, onUnknown }: Props) {
  const [editing, setEditing] = useState(false)
  const when = useWhen()
  return (
    <li className={classes.comment} data-comment={comment.id}>
      <div className={classes.line}>
        <b>{comment.by}</b>
        <time className="num dim" dateTime={comment.at}>{when(comment.at)}</time>
        {showStep && comment.stepCode !== null && <span className={`${classes.step} num`}>{comment.stepCode}</span>}
        {comment.editedAt !== null && comment.deletedAt === null && <span className="dim">edited {when(comment.editedAt)}</span>}
        {!editing && comment.allowedActions.length > 0 && <Own iterationId={iterationId} comment={comment} onEdit={() => setEditing(true)} />}
      </div>
      {comment.deletedAt !== null && <p className={classes.gone}>Deleted by {comment.by}, {when(comment.deletedAt)}</p>}
      {comment.deletedAt === null && !editing && <Body comment={comment} />}
      {editing && <Editing iterationId={iterationId} comment={comment} onUnknown={onUnknown} onDone={() => setEditing(false)} />}
    </li>
  )
}
