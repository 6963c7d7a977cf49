import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { stepActionsQuery, stepQuery } from '../../api/queries'
import type { Board, StepAction, StepRow } from '../../api/types'
import { serverNow } from '../../lib/serverTime'
import { announce } from '../../ui/announce'
import { say } from '../../ui/notify'
import { useZone } from '../../ui/zone'
import { ActionDialog } from './ActionDialog'
import { type Asked, asks } from './asking'
import { notePressedAgain } from './pending'
import { askedToSkip, askedWords } from './signatures'
import { useStepAction } from './useStepAction'
import { whyNot } from './whyNot'
import { stillSaving } from './words'

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

/** Why a press comes to nothing, in words; null where it may go on. What is still being saved is said, and not sent twice. */
function useWhyRefused(board: Board): (row: StepRow, action: StepAction) => string | null {
  const cache = useQueryClient()
  const { zone } = useZone()
  return (row, action) => {
    if (!row.allowedActions.includes(action)) {
      return whyNot({ board, table: cache.getQueryData(stepActionsQuery.queryKey), now: serverNow(), zone }, row, action)
    }
    const seen = action === 'skip' ? cache.getQueryData(stepQuery(board.iteration.id, row.code).queryKey) : undefined
    const asked = seen && askedToSkip(seen.signatures)
    return asked ? `${row.code}: ${askedWords(asked)}` : null
  }
}

/** One place for all ways to press a step's button: keys on a row, buttons in the panel. */
export function useStepControls(board: Board, openCode: string | undefined, onDecide: (row: StepRow) => void, activation?: ActivationDialog): StepControls {
  const [asked, setAsked] = useState<Asked | null>(null)
  const command = useStepAction(board.iteration.id, openCode)
  const offline = useWhyOffline()
  const whyRefused = useWhyRefused(board)

  const press = (row: StepRow, wanted: StepAction, how: PressHow = 'plain') => {
    const action = meant(row, wanted)
    if (offline !== null) { say(offline, 'orange', { about: 'offline' }); return; }
    const saving = notePressedAgain(row)
    if (saving) { announce(stillSaving(row, saving)); return; }
    const why = whyRefused(row, action)
    // One answer at a time: it is to the key that was pressed last.
    if (why !== null) { say(why, 'orange', { about: 'why-not' }); return; }
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
