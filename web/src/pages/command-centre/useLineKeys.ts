import type { StepAction, StepRow } from '../../api/types'
import type { Line } from '../../features/command-centre/now'
import { stepKeys } from '../../features/runbook/stepKeys'
import type { PressHow } from '../../features/runbook/useStepControls'
import { say } from '../../ui/notify'
import { useKeyActions } from '../../ui/useKeyActions'

interface Use {
  lines: readonly Line[]
  chosen: StepRow | undefined
  openCode: string | undefined
  choose: (id: string) => void
  open: (code: string | undefined) => void
  press: (row: StepRow, action: StepAction, how?: PressHow) => void
}

/** The keys of the runsheet, for the lines of the Now list. With the panel open, it follows. */
export function useLineKeys({ lines, chosen, openCode, choose, open, press }: Use): void {
  const goTo = (line: Line | undefined) => {
    if (!line) return true
    choose(line.row.id)
    if (openCode !== undefined) open(line.row.code)
    return true
  }
  const at = lines.findIndex(({ row }) => row.id === chosen?.id)
  const act = (action: StepAction, how: PressHow = 'plain') => () => {
    if (chosen) press(chosen, action, how)
    else say('Choose a step first: J and K move.')
    return true
  }
  useKeyActions({
    down: () => goTo(lines[Math.min(at + 1, lines.length - 1)]),
    // Without a choice, up begins at the end.
    up: () => goTo(at === -1 ? lines.at(-1) : lines[Math.max(at - 1, 0)]),
    first: () => goTo(lines[0]),
    last: () => goTo(lines.at(-1)),
    open: () => (chosen ? (open(chosen.code), true) : false),
    close: () => (openCode === undefined ? false : (open(undefined), true)),
    ...stepKeys(act),
  })
}
