/** The shapes of the API, as the page uses them. This file is the only door to them. */

export type Role = 'viewer' | 'member' | 'data_lead' | 'pilot' | 'approver' | 'admin'
export type StepState =
  | 'not_ready' | 'ready' | 'activated' | 'in_progress' | 'verifying'
  | 'complete' | 'blocked' | 'failed' | 'skipped' | 'cancelled'
export type StepAction = 'activate' | 'start' | 'complete' | 'skip' | 'fail' | 'retry' | 'decide'
export type Behaviour = 'work' | 'checkpoint' | 'gate' | 'milestone'
export type Relation = 'pilot' | 'team' | 'approver' | 'pilot_approver' | 'none'
export type IterationState =
  | 'planning' | 'scheduled' | 'live' | 'on_hold' | 'complete' | 'closed'
  | 'backing_out' | 'backed_out' | 'abandoned'
export type IterationAction = 'schedule' | 'start' | 'hold' | 'resume' | 'complete'
export type IterationKind = 'run' | 'dress_rehearsal' | 'cutover'
export type Comms = 'off' | 'test' | 'on'
export type Answer = 'go' | 'no_go'

export interface Session {
  user: { id: string; name: string; email: string; isAdmin: boolean }
  demo: boolean
  publicUrl: string
  version: string
  now: string
}

export interface Token {
  id: string
  name: string
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}
/** What making a token answers: the only time the token itself is shown. */
export interface NewToken extends Token {
  token: string
}

export interface ServerClock {
  now: string
  offsetSeconds: number
  movable: boolean
}

export interface Progress {
  /** Floored to one decimal; null when there is nothing to measure. */
  percent: number | null
  done: number
  total: number
  counts: Partial<Record<StepState, number>>
}

export interface IterationSummary {
  id: string
  migrationId: string
  name: string
  kind: IterationKind
  state: IterationState
  comms: Comms | null
  plannedStart: string | null
  plannedEnd: string | null
  windowEnd: string | null
  startedAt: string | null
  endedAt: string | null
  progress: Progress
  version: number
}

export interface Migration {
  id: string
  key: string
  name: string
  description: string
  status: 'planning' | 'in_progress' | 'completed' | 'failed'
  zone: string
  roles: Role[]
  rag: { color: 'red' | 'amber' | 'green' | 'grey'; reason: string }
  iterations: IterationSummary[]
}

export interface Iteration extends IterationSummary {
  migration: { id: string; key: string; name: string; zone: string }
  planName: string
  planVersion: number
  allowedActions: IterationAction[]
}

export interface StartCheck {
  people: number
  teams: number
  findings: { severity: 'error' | 'warning'; code: string; stepCode: string | null; sentence: string }[]
  lateBySeconds: number
}

export interface Team {
  id: string
  code: string
  name: string
  phone: string | null
}
export interface MacroPhase {
  id: string
  code: string
  name: string
  position: number
}
export interface Chapter {
  id: string
  macroPhaseId: string
  code: string
  name: string
  position: number
  rollback: boolean
}

export interface StepRow {
  id: string
  code: string
  name: string
  type: string
  behaviour: Behaviour
  chapterId: string
  position: number
  teamId: string | null
  durationSeconds: number
  state: StepState
  attempt: number
  version: number
  dormant: boolean
  pointOfNoReturn: boolean
  baselineStart: string | null
  baselineEnd: string | null
  plannedStart: string | null
  plannedEnd: string | null
  readyAt: string | null
  activatedAt: string | null
  startedAt: string | null
  startAssumed: boolean
  workEndedAt: string | null
  endedAt: string | null
  /** Against the plan, from the last fact: the end, else the start. */
  delaySeconds: number | null
  tasksDone: number
  tasksTotal: number
  reason: string | null
  lastActor: string | null
  lastAt: string | null
  predecessors: string[]
  /** Codes of the predecessors that are not yet satisfied. */
  waitsFor: string[]
  /** When a lag lets it open. */
  opensAt: string | null
  decisionId: string | null
  relation: Relation
  allowedActions: StepAction[]
}

export interface Board {
  seq: number
  iteration: Iteration
  viewer: { userId: string; roles: Role[]; teamIds: string[] }
  teams: Team[]
  macroPhases: MacroPhase[]
  chapters: Chapter[]
  steps: StepRow[]
}

export interface Task {
  id: string
  code: string
  title: string
  instructions: string | null
  teamId: string | null
  required: boolean
  state: 'open' | 'done' | 'failed' | 'not_applicable'
  doneBy: string | null
  doneAt: string | null
  version: number
  allowedActions: ('done' | 'undone')[]
}

export interface Decision {
  id: string
  question: string
  role: Role
  answers: { user: string; answer: Answer; reason: string; at: string }[]
  outcome: Answer | null
  closedAt: string | null
  allowedAnswers: Answer[]
}

export interface Attempt {
  attempt: number
  readyAt: string | null
  activatedAt: string | null
  startedAt: string | null
  endedAt: string | null
  outcome: string | null
  reason: string | null
}

export type MessageStatus = 'queued' | 'sending' | 'sent' | 'failed' | 'suppressed' | 'uncertain'

export interface StepDetail extends StepRow {
  instructions: string
  team: { id: string; code: string; name: string; email: string | null; phone: string | null } | null
  tasks: Task[]
  blockedBy: { code: string | null; stepId: string | null; sentence: string }[]
  successors: { code: string; name: string; state: StepState }[]
  predecessorRows: { code: string; name: string; state: StepState; team: string | null; since: string | null }[]
  decision: Decision | null
  attempts: Attempt[]
  history: LiveEvent[]
  messages: { recipient: string; status: MessageStatus; queuedAt: string; sentAt: string | null }[]
  seq: number
}

export interface Changes {
  iteration?: Partial<Iteration>
  steps?: ({ id: string } & Partial<StepRow>)[]
  tasks?: ({ id: string; stepId: string } & Partial<Task>)[]
}

export interface LiveEvent {
  seq: number
  /** The number of the event before it in this iteration; 0 when there is none. */
  prev: number
  at: string
  type: string
  actor: string | null
  iterationId: string | null
  stepId: string | null
  stepCode: string | null
  sentence: string
  changes: Changes
  /** The board is to be fetched again instead of patched. */
  reload: boolean
}

export interface EventPage {
  items: LiveEvent[]
  head: number
  next: number | null
}

/** What may be done: by state of the iteration, behaviour and state of the step, relation of who looks. */
export type ActionTable = Partial<
  Record<
    IterationState,
    Partial<Record<Behaviour, Partial<Record<StepState, Partial<Record<Relation, StepAction[]>>>>>>
  >
>

export interface WorkItem {
  iteration: {
    id: string
    name: string
    state: IterationState
    migrationId: string
    migrationName: string
    zone: string
  }
  step: StepRow
  teamName: string
  tasks: Task[]
  instructions: string
}
export interface MyWork {
  now: string
  groups: { doNow: WorkItem[]; next: WorkItem[]; later: WorkItem[] }
  heads: { iterationId: string; seq: number }[]
}

export interface Mail {
  id: string
  to: string
  subject: string
  receivedAt: string
  text: string
}

export interface StepAnswer {
  step: StepDetail
  seq: number
}
/** What a command on a step did: the events it wrote. */
export interface CommandAnswer {
  seq: number
  events: LiveEvent[]
}
export interface IterationAnswer {
  iteration: Iteration
  seq: number
}
export interface List<T> {
  items: T[]
  next: number | string | null
}

export interface PlanVersion {
  id: string
  number: number
  status: 'draft' | 'approved' | 'superseded'
  createdBy: string
  createdAt: string
  approvedBy: string | null
  approvedAt: string | null
  steps: number
  contentHash: string
  /** As it was read; an approval names it, so that nobody approves what changed meanwhile. */
  version?: number
}
export interface Plan {
  id: string
  migrationId: string
  name: string
  versions: PlanVersion[]
}

/** One defect of a plan file: where, how bad, in words, and what would mend it. */
export interface FileFinding {
  file: string
  row: number | null
  column: number | null
  line: number | null
  code: string
  severity: 'error' | 'warning'
  message: string
  suggestion: string | null
  repair: string | null
}
export interface PlanDifference {
  code: string
  kind: string
  change: 'added' | 'changed' | 'removed'
  fields: string[]
}
/** What importing a file would do. Nothing is changed until it is committed. */
export interface PlanImport {
  id: string | null
  findings: FileFinding[]
  diff: { added: number; changed: number; removed: number; unchanged: number; items: PlanDifference[] }
  canCommit: boolean
}
export interface PlanCommit {
  planId: string
  versionId: string
  number: number
  changes: number
}
