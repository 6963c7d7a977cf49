/** A decision for tests: a gate's, open, asked of one approver. */
import type { Decision } from '../src/api/types'

export const gateDecision = (change: Partial<Decision> = {}): Decision => ({
  id: 'd', kind: 'gate', iterationId: 'i', stepCode: 'GAT-1', stepName: 'Go?', question: 'Go?', detail: '', role: 'approver', quorum: 1, deadline: null,
  askedAt: '2026-11-20T23:00:00Z', askedBy: null, action: null, named: false, asked: [{ userId: 'a', name: 'Arno', role: 'approver', answered: false }],
  answers: [], status: 'open', sentence: '“Go?” is open.', outcome: null, closedAt: null, decidedOn: null, remindedAt: null, withdrawnAt: null,
  withdrawnBy: null, withdrawnReason: null, version: 1, allowedAnswers: [], allowedActions: [], ...change,
})
