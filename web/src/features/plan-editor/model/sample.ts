/** A small plan for the tests of this feature. */
import type { PlanChapter, PlanLink, PlanPhase, PlanStep, PlanWhole } from '../../../api/plan'

export const linkTo = (code: string, kind: PlanLink['kind'] = 'FS', lagSeconds = 0): PlanLink => ({ code, kind, lagSeconds })

export const sampleStep = (code: string, more: Partial<PlanStep> = {}): PlanStep => ({
  code, name: `Step ${code}`, type: 'TRT', behaviour: 'work', team: 'DBA', durationSeconds: 1800, autoActivate: false, pointOfNoReturn: false, evidence: false,
  after: [], impactedTeams: [], labels: [], applications: [], environment: null, scope: [], undoes: [], notBefore: null, fixedStart: null,
  hasInstructions: false, tasks: [], ...more,
})

export const sampleChapter = (code: string, steps: PlanStep[], more: Partial<PlanChapter> = {}): PlanChapter =>
  ({ code, name: `Chapter ${code}`, rollback: false, after: [], steps, ...more })

export const samplePhase = (code: string, chapters: PlanChapter[]): PlanPhase => ({ code, name: `Phase ${code}`, after: [], chapters })

/** P1 > C1, C2 (B-1); P2 > C3 (no step). */
export const samplePlan = (): PlanWhole => ({
  id: 'v', planId: 'p', planName: 'Plan', description: '', migrationId: 'm', migrationKey: 'ERP', zone: 'UTC', number: 2, status: 'draft',
  version: 5, basedOn: null, createdBy: 'Priya', createdAt: '2026-11-20T10:00:00Z', approvedBy: null, approvedAt: null,
  allowedActions: ['edit'], whyNotApprove: null, lastEdit: 0, iterations: [], types: [], controls: [], teams: [], applications: [],
  environments: [], environmentRoles: [], findings: [],
  macroPhases: [
    samplePhase('P1', [
      sampleChapter('C1', [sampleStep('A-1'), sampleStep('A-2', { after: [linkTo('A-1')], team: 'NET', labels: ['night'] })]),
      sampleChapter('C2', [sampleStep('B-1', { after: [linkTo('C1')] })]),
    ]),
    samplePhase('P2', [sampleChapter('C3', [])]),
  ],
})
