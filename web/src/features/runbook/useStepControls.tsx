import { type ReactNode, useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import type { Board, StepAction, StepRow } from '../../api/types'
import { serverNow } from '../../lib/serverTime'
import { say } from '../../ui/notify'
import { useZone } from '../../ui/zone'
import { ActionDialog } from './ActionDialog'
import { type Asked, asks } from './asking'
import { isPending } from './pending'
import { useStepAction } from './useStepAction'
import { whyNot } from './words'

/** What an activated step's team is sent instead of what the template says. */
export interface OwnWords { subject: string; body: string }

/** Draws the dialog in which the message of an activation is read and changed before it goes. */
export type ActivationDialog = (asked: { row: StepRow; onClose: () => void; onActivate: (message: OwnWords | null) => void }) => ReactNode

/** Plainly; activating with a text of one's own; a start, an end or a failure that is told late. */
export type PressHow = 'plain' | 'with-text' | 'late'

export interface StepControls {
  /** Does what a button or key asks for, or says why not. */
  press: (row: StepRow, action: StepAction, how?: PressHow) => void
  /** The dialog that is open, if any. */
  dialog: ReactNode
}

/** One key for a pair of opposites, and D for what a gate calls done. */
function meant(row: StepRow, wanted: StepAction): StepAction {
  if (wanted === 'complete' && row.allowedActions.includes('decide')) return 'decide'
  if (wanted === 'block' && row.allowedActions.includes('unblock')) return 'unblock'
  return wanted
}

/** One place for all ways to press a step's button: keys on a row, buttons in the panel. */
export function useStepControls(board: Board, openCode: string | undefined, onDecide: (row: StepRow) => void, activation?: ActivationDialog): StepControls {
  const [asked, setAsked] = useState<Asked | null>(null)
  const command = useStepAction(board.iteration.id, openCode)
  const offline = useWhyOffline()
  const { zone } = useZone()

  const press = (row: StepRow, wanted: StepAction, how: PressHow = 'plain') => {
    const action = meant(row, wanted)
    if (offline !== null) { say(offline, 'orange'); return; }
    if (isPending(row)) return
    if (!row.allowedActions.includes(action)) { say(whyNot(board, row, action, serverNow(), zone), 'orange'); return; }
    if (action === 'decide') { onDecide(row); return; }
    if (asks(action) || how !== 'plain') { setAsked({ row, action, how }); return; }
    command.mutate({ row, action })
  }

  const own = asked?.action === 'activate' && asked.how === 'with-text' ? activation : undefined
  if (asked && own) {
    const close = () => setAsked(null)
    return { press, dialog: own({ row: asked.row, onClose: close, onActivate: (message) => {
      close()
      command.mutate({ row: asked.row, action: 'activate', ...(message === null ? {} : { message }) })
    } }) }
  }
  const dialog = asked && (
    <ActionDialog
      asked={asked} onClose={() => setAsked(null)}
      onConfirm={(said) => {
        setAsked(null)
        command.mutate({ row: asked.row, action: asked.action, ...said })
      }}
    />
  )
  return { press, dialog }
}
