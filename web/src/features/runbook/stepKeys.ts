import type { StepAction } from '../../api/types'
import type { PressHow } from './useStepControls'

/** The keys that press a step's buttons, wherever a step can be selected: `act` does it to the selected one. */
export const stepKeys = (act: (action: StepAction, how?: PressHow) => () => boolean) => ({
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
