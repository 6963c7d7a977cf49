/** A small board for tests: two chapters, one of them a sleeping rollback. */
import type { ActionTable, Board, LiveEvent, StepRow } from '../src/api/types'

/** A plain finish-to-start wait for each of these steps. */
export const waitsFor = (...codes: string[]): StepRow['blockedBy'] =>
  codes.map((code) => ({ code, level: 'step', kind: 'FS', lagSeconds: 0, sentence: null }))

export const row = (code: string, change: Partial<StepRow> = {}): StepRow => ({
  id: `id-${code}`, code, name: `Name of ${code}`, type: 'TRT', behaviour: 'work', chapterId: 'c1', position: 0, teamId: 't1',
  durationSeconds: 600, state: 'not_ready', attempt: 1, version: 1, dormant: false, pointOfNoReturn: false, autoActivate: false,
  baselineStart: null, baselineEnd: null, plannedStart: '2026-11-22T01:00:00+00:00', plannedEnd: '2026-11-22T01:10:00+00:00',
  readyAt: null, activatedAt: null, startedAt: null, startAssumed: false, workEndedAt: null, endedAt: null,
  delaySeconds: null, tasksDone: 0, tasksTotal: 0, reason: null, lastActor: null, lastAt: null,
  predecessors: [], blockedBy: [], inScope: true, labels: [], notBefore: null, fixedStart: null, opensAt: null, decisionId: null,
  evidenceRequired: false, evidenceCount: 0, controlsOpen: 0, blockedFrom: null, expectedAt: null, takenAt: null, takenBy: null,
  notTakenAt: null, startToldAt: null, endToldAt: null, lateReason: null, startCarried: false, doneById: null, overrideBy: null,
  overrideReason: null, relation: 'pilot', allowedActions: [],
  ...change,
})

export const board = (steps: StepRow[], change: Partial<Board> = {}): Board => ({
  seq: 10,
  iteration: {
    id: 'it', migrationId: 'm', name: 'CUTOVER', kind: 'cutover', state: 'live', comms: 'on',
    plannedStart: '2026-11-22T01:00:00+00:00', plannedEnd: '2026-11-22T05:00:00+00:00', windowEnd: '2026-11-22T06:00:00+00:00',
    startedAt: '2026-11-22T01:00:00+00:00', endedAt: null, stateSince: '2026-11-22T01:00:00+00:00', stateBy: 'Priya Nair', stateReason: null, takeSeconds: 300, upcomingSeconds: 900,
    progress: { percent: 0, done: 0, total: steps.length, counts: {} },
    version: 1, migration: { id: 'm', key: 'erp', name: 'ERP', zone: 'Europe/Berlin' }, planName: 'ERP', planVersion: 1,
    windowStart: null, dataVolume: null, decider: null, decisionSeconds: 1800, blackouts: [], mayChangeTerms: true,
    environments: [], outOfScopeCount: 0, allowedActions: ['hold'],
  },
  viewer: { userId: 'u', roles: ['pilot'], teamIds: ['t1'] },
  teams: [
    { id: 't1', code: 'DBA', name: 'Database', phone: null },
    { id: 't2', code: 'NET', name: 'Network', phone: null },
  ],
  macroPhases: [
    { id: 'm2', code: 'R', name: 'Rollback', position: 2, after: [] },
    { id: 'm1', code: 'A', name: 'Switch', position: 1, after: [] },
  ],
  chapters: [
    { id: 'c1', macroPhaseId: 'm1', code: 'A1', name: 'Stop', position: 1, rollback: false, after: [] },
    { id: 'c2', macroPhaseId: 'm2', code: 'R1', name: 'Restore', position: 1, rollback: true, after: [] },
  ],
  steps,
  ...change,
})

export const event = (seq: number, change: Partial<LiveEvent> = {}): LiveEvent => ({
  seq, prev: seq - 1, at: '2026-11-22T02:10:00+00:00', type: 'step.completed', actor: 'Dana', iterationId: 'it', stepId: null,
  stepCode: null, sentence: `Event ${seq}.`, changes: {}, reload: false,
  ...change,
})

export const actions: ActionTable = {
  live: { work: { ready: { pilot: ['activate', 'start', 'skip'], team: ['start'] }, in_progress: { pilot: ['complete', 'fail'] } } },
  on_hold: { work: { ready: { pilot: ['skip'] }, in_progress: { pilot: ['complete', 'fail'] } } },
}
