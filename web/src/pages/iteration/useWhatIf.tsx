import { type ReactNode, useState } from 'react'
import type { Board, IterationState, StepRow } from '../../api/types'
import { TermsDialog } from '../../features/iteration-new/terms/TermsDialog'
import type { StepControls } from '../../features/runbook/useStepControls'
import { canSuppose, type Line, withStep } from '../../features/what-if/lines'
import type { RealPress } from '../../features/what-if/MakeReal'
import { WhatIfButton } from '../../features/what-if/WhatIfButton'
import { WhatIfDialog } from '../../features/what-if/WhatIfDialog'
import { iterationStateWord } from '../../lib/states'
import { millis } from '../../lib/time'
import { say } from '../../ui/notify'
import { useKeyActions } from '../../ui/useKeyActions'
import { useZone } from '../../ui/zone'

const open: readonly IterationState[] = ['planning', 'scheduled', 'live', 'on_hold', 'backing_out']

export interface WhatIfControls {
  /** For the header of a page; nothing once the night is over. */
  button: ReactNode
  /** For a step's panel; nothing where nothing can be supposed of it. */
  buttonOf: (row: StepRow) => ReactNode
  /** The dialog that is open, if any. */
  dialog: ReactNode
}

/** *What if…* of one night: its key, its buttons, its dialog, and how what was supposed is made real. `chosen`: the step it begins with. */
export function useWhatIf(board: Board, chosen: StepRow | undefined, press: StepControls['press']): WhatIfControls {
  const { iteration } = board
  const { zone } = useZone()
  const [lines, setLines] = useState<readonly Line[]>([])
  const [shown, setShown] = useState<'no' | 'what-if' | { windowEnd: string }>('no')
  const offered = open.includes(iteration.state)

  const ask = (row: StepRow | undefined) => {
    if (!offered) {
      say(`${iteration.name} is ${iterationStateWord[iteration.state].toLowerCase()}: there is nothing left to ask “what if” about.`)
      return
    }
    setLines((now) => withStep(now, row && canSuppose(row) ? row.code : null, millis(iteration.windowEnd), zone))
    setShown('what-if')
  }
  const close = () => {
    setLines([])
    setShown('no')
  }
  // What was supposed stays, to be looked at again beside what came of it.
  const makeReal = (real: RealPress) => {
    setShown(real.kind === 'terms' ? { windowEnd: real.windowEnd } : 'no')
    if (real.kind === 'step') press(real.row, real.action)
  }
  useKeyActions({ whatIf: () => (ask(chosen), true) })

  const dialog = shown === 'what-if'
    ? <WhatIfDialog board={board} lines={lines} onLines={setLines} onReal={makeReal} onClose={close} />
    : shown === 'no' ? null : <TermsDialog iteration={iteration} windowEnd={shown.windowEnd} onClose={() => setShown('no')} />
  return {
    button: offered ? <WhatIfButton onOpen={() => ask(undefined)} /> : null,
    buttonOf: (row) => (offered && canSuppose(row) ? <WhatIfButton of={row.code} onOpen={() => ask(row)} /> : null),
    dialog,
  }
}
