import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { PlanEdit } from '../../../api/plan'
import { lessonLines } from '../../../lib/lesson'
import { rehearsalsPath } from '../../../lib/rehearsalPaths'
import { millis, near } from '../../../lib/time'
import { LoadingRows } from '../../../ui/states'
import { useNow } from '../../../ui/useNow'
import { useZone } from '../../../ui/zone'
import { useEditor } from '../context'
import { Side } from './Side'
import classes from './side.module.css'

interface Props {
  edits: readonly PlanEdit[] | undefined
  busy: boolean
  onUndo: (number: number) => void
  onGo: (code: string) => void
  onClose: () => void
}

/** What an edit rests on that was taken over from rehearsals: whoever approves the draft can look. */
function Evidence({ taught: { planId, lesson } }: { taught: NonNullable<PlanEdit['taught']> }) {
  const { migrationKey } = useEditor().plan
  return (
    <ul className={classes.evidence} aria-label="Evidence">
      {lessonLines(lesson).slice(1).map(({ words, href }) => <li key={words}>{href === null ? words : <Link to={href}>{words}</Link>}</li>)}
      <li><Link to={rehearsalsPath(migrationKey, planId)}>Rehearsals side by side</Link></li>
    </ul>
  )
}

function Line({ edit, busy, onUndo, onGo }: { edit: PlanEdit } & Pick<Props, 'busy' | 'onUndo' | 'onGo'>) {
  const { mayEdit, index } = useEditor()
  const { zone } = useZone()
  const now = useNow(60_000)
  const at = millis(edit.at)
  const code = edit.items.find((one) => one.item !== null && index.places.has(one.code))?.code
  const gone = edit.undoneBy !== null
  return (
    <li className={classes.edit} data-edit={edit.number} data-undone={gone || undefined}>
      <button type="button" className={classes.line} disabled={code === undefined} onClick={() => code !== undefined && onGo(code)}>
        <span>{edit.title}</span>
        <small className="dim">{edit.mine ? 'You' : edit.by}{at === null ? '' : `, ${near(at, now, zone)}`}{gone ? ' · undone' : ''}</small>
      </button>
      {mayEdit && !gone && (
        <Button variant="subtle" color="gray" px={6} disabled={busy} onClick={() => onUndo(edit.number)} leftSection={<IconArrowBackUp size={14} aria-hidden />} aria-label={`Undo: ${edit.title}`}>Undo</Button>
      )}
      {edit.taught && <Evidence taught={edit.taught} />}
    </li>
  )
}

/** Who changed what, newest first; each can be taken back by itself. */
export function EditsList({ edits, busy, onUndo, onGo, onClose }: Props) {
  return (
    <Side title="Edits" onClose={onClose}>
      {edits === undefined && <LoadingRows rows={6} label="Loading the edits" />}
      {edits?.length === 0 && <p className={classes.lead}>Nobody has edited this version here yet. Imports are not in this list.</p>}
      <ul className={classes.list}>
        {edits?.toReversed().map((edit) => <Line key={edit.number} edit={edit} busy={busy} onUndo={onUndo} onGo={onGo} />)}
      </ul>
    </Side>
  )
}
