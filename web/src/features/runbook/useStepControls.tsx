import { type ReactNode, useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import type { Board, StepAction, StepRow } from '../../api/types'
import { serverNow } from '../../lib/serverTime'
import { say } from '../../ui/notify'
import { useZone } from '../../ui/zone'
import { isPending } from './pending'
import { ReasonDialog } from './ReasonDialog'
import { useStepAction } from './useStepAction'
import { actionWords, whyNot } from './words'

interface Asked { row: StepRow; action: 'skip' | 'fail' | 'activate' }

const effectOf = ({ row, action }: Asked): string => {
  if (action === 'skip') return 'It counts as satisfied: what waits for it may become ready.'
  if (action === 'fail') return 'What waits for it stays waiting until it is retried or skipped.'
  return `Its team is told with a link to the instructions of ${row.code}. Your text comes before them.`
}

export interface StepControls {
  /** Does what a button or key asks for, or says why not. `withText`: activate with a text of one's own. */
  press: (row: StepRow, action: StepAction, withText?: boolean) => void
  /** The dialog that is open, if any. */
  dialog: ReactNode
}

/** One place for all ways to press a step's button: keys on a row, buttons in the panel. */
export function useStepControls(board: Board, openCode: string | undefined, onDecide: (row: StepRow) => void): StepControls {
  const [asked, setAsked] = useState<Asked | null>(null)
  const command = useStepAction(board.iteration.id, openCode)
  const offline = useWhyOffline()
  const { zone } = useZone()

  const press = (row: StepRow, wanted: StepAction, withText = false) => {
    const action = wanted === 'complete' && row.allowedActions.includes('decide') ? 'decide' : wanted
    if (offline !== null) { say(offline, 'orange'); return; }
    if (isPending(row)) return
    if (!row.allowedActions.includes(action)) { say(whyNot(board, row, action, serverNow(), zone), 'orange'); return; }
    if (action === 'decide') { onDecide(row); return; }
    if (action === 'skip' || action === 'fail' || (action === 'activate' && withText)) { setAsked({ row, action }); return; }
    command.mutate({ row, action })
  }

  const dialog = asked && (
    <ReasonDialog
      title={`${actionWords[asked.action].label} ${asked.row.code} ${asked.row.name}?`} effect={effectOf(asked)}
      label={asked.action === 'activate' ? 'Text for the team (may be left empty)' : 'Reason'}
      required={asked.action !== 'activate'} button={actionWords[asked.action].label}
      color={asked.action === 'fail' ? 'red' : 'blue'}
      onClose={() => setAsked(null)}
      onConfirm={(text) => {
        setAsked(null)
        command.mutate({ ...asked, ...(asked.action === 'activate' ? { note: text } : { reason: text }) })
      }}
    />
  )
  return { press, dialog }
}
