import { say } from '../../ui/notify'
import type { PlanEdit } from '../../api/plan'
import { toRedo, toUndo } from './model/history'
import { useUndoEdit } from './useEdit'

/** Undo and redo through the server, one after the other: mine, newest first. */
export function useHistory(versionId: string, edits: readonly PlanEdit[] | undefined, mayEdit: boolean) {
  const asking = useUndoEdit(versionId)
  const undoable = mayEdit && edits ? toUndo(edits) : null
  const redoable = mayEdit && edits ? toRedo(edits) : null
  const take = (edit: PlanEdit | null, none: string, done: string) => {
    if (asking.isPending) return true
    if (!edit) say(none)
    else asking.mutate(edit.number, { onSuccess: () => say(`${done}: ${edit.title.replace(/^(Took back|Did again): /, '')}`) })
    return true
  }
  return {
    busy: asking.isPending, undoable, redoable,
    undo: () => take(undoable, 'There is nothing of yours to undo.', 'Undone'),
    redo: () => take(redoable, 'There is nothing to redo.', 'Done again'),
    undoNumber: (number: number) => asking.mutate(number),
  }
}
