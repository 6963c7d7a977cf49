/** The words of states, as everyone reads them. One list, so that chips, rows and panels agree. */

export const stepStates = [
  'in_progress', 'activated', 'ready', 'verifying', 'blocked', 'failed', 'not_ready', 'complete', 'skipped', 'cancelled',
] as const
export type StepStateName = (typeof stepStates)[number]

export const stepStateWord: Record<StepStateName, string> = {
  not_ready: 'Not ready',
  ready: 'Ready',
  activated: 'Activated',
  in_progress: 'In progress',
  verifying: 'Verifying',
  complete: 'Complete',
  blocked: 'Blocked',
  failed: 'Failed',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
}

export const iterationStates = [
  'planning', 'scheduled', 'live', 'on_hold', 'complete', 'closed', 'backing_out', 'backed_out', 'abandoned',
] as const
export type IterationStateName = (typeof iterationStates)[number]

export const iterationStateWord: Record<IterationStateName, string> = {
  planning: 'Planning',
  scheduled: 'Scheduled',
  live: 'Live',
  on_hold: 'On hold',
  complete: 'Complete',
  closed: 'Closed',
  backing_out: 'Backing out',
  backed_out: 'Backed out',
  abandoned: 'Abandoned',
}

export const roleWord: Record<string, string> = {
  viewer: 'viewer', member: 'team member', data_lead: 'data lead', pilot: 'pilot', approver: 'approver', admin: 'admin',
}

export const kindWord = { run: 'Run', dress_rehearsal: 'Dress rehearsal', cutover: 'Cutover' } as const
export const commsWord = { off: 'Comms off', test: 'Comms to test addresses', on: 'Comms on' } as const

/** A step in one of these needs nobody any more. */
export const isOver = (state: StepStateName): boolean =>
  state === 'complete' || state === 'skipped' || state === 'cancelled'
