import type { StepAction, StepRow } from '../../api/types'
import type { Line } from '../../features/command-centre/now'
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
  const move = (by: number) => () => {
    const at = lines.findIndex(({ row }) => row.id === chosen?.id)
    // Without a choice, down begins at the top and up at the end.
    const to = at === -1 ? (by > 0 ? Math.min(by, 1) - 1 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + by))
    const row = lines[by === Number.POSITIVE_INFINITY ? lines.length - 1 : to]?.row
    if (!row) return true
    choose(row.id)
    if (openCode !== undefined) open(row.code)
    return true
  }
  const act = (action: StepAction, how: PressHow = 'plain') => () => {
    if (chosen) press(chosen, action, how)
    else say('Choose a step first: J and K move.')
    return true
  }
  useKeyActions({
    down: move(1),
    up: move(-1),
    first: move(Number.NEGATIVE_INFINITY),
    last: move(Number.POSITIVE_INFINITY),
    open: () => (chosen ? (open(chosen.code), true) : false),
    close: () => (openCode === undefined ? false : (open(undefined), true)),
    activate: act('activate'),
    activateWithText: act('activate', 'with-text'),
    start: act('start'),
    complete: act('complete'),
    fail: act('fail'),
    skip: act('skip'),
    retry: act('retry'),
    taken: act('taken'),
    undo: act('undo'),
    block: act('block'),
    reopen: act('reopen'),
    override: act('override'),
    waive: act('waive'),
  })
}
