/**
 * The shapes of the API, as the page uses them: names for what is generated from the API's own description
 * (`schema.d.ts`, by `npm run gen-api`). This file is the only door to them. Nothing is declared anew here but
 * what that description leaves open: what an event changes, and the keys of the table of actions.
 */
import type { components } from './schema'

type Schemas = components['schemas']

export type StepState = Schemas['StepState']
export type StepAction = Schemas['StepAction']
export type BulkAnswer = Schemas['BulkAnswer']
export type BulkResult = Schemas['BulkResult']
export type Behaviour = Schemas['StepRow']['behaviour']
export type Relation = Schemas['Relation']
export type IterationState = Schemas['IterationState']
export type IterationAction = Schemas['IterationAction']
export type IterationKind = Schemas['IterationKind']
export type Comms = Schemas['Comms']
export type Answer = Schemas['Answer']
export type MessageStatus = Schemas['MessageRow']['status']

export type Session = Schemas['Session']
export type Token = Schemas['Token']
/** What making a token answers: the only time the token itself is shown. */
export type NewToken = Schemas['IssuedToken']
export type ServerClock = Schemas['Clock']

export type Progress = Schemas['Progress']
export type IterationSummary = Schemas['IterationSummary']
export type Iteration = Schemas['Iteration']
export type Migration = Schemas['Migration']
export type MigrationAction = Schemas['MigrationAction']
/** A migration's own words, as making or changing one answers them. */
export type MigrationWords = Schemas['MigrationWords']
export type StartCheck = Schemas['StartCheck']
export type EndCheck = Schemas['EndCheck']

export type Team = Schemas['BoardTeam']
export type MacroPhase = Schemas['BoardPhase']
export type Chapter = Schemas['BoardChapter']
export type StepRow = Schemas['StepRow']
/** One thing that holds a step: a step, chapter or macro-phase by a link; a guard or a time in a sentence. */
export type Held = Schemas['Held']
export type LinkKind = Schemas['LinkKind']
export type LinkInto = Schemas['LinkInto']
export type Board = Schemas['Board']
export type Task = Schemas['Task']
export type TaskMark = Schemas['TaskMark']
export type Evidence = Schemas['Evidence']
export type EvidenceList = Schemas['EvidenceList']
/** A control of an iteration, with where it is tied and what was shown. */
export type Control = Schemas['Control']
export type ControlAction = Schemas['ControlAction']
export type ControlBoard = Schemas['ControlBoard']
export type Decision = Schemas['Decision']
export type DecisionList = Schemas['DecisionList']
/** A decision as a personal link shows it, to one person and nobody else. */
export type LinkedDecision = Schemas['LinkedDecision']
export type NewPoll = Schemas['NewPoll']
export type GateTerms = Schemas['GateTerms']
export type Attempt = Schemas['Attempt']

/** What an event changes, by id: only the fields that are given. */
export interface Changes {
  iteration?: Partial<Iteration>
  steps?: ({ id: string } & Partial<StepRow>)[]
  tasks?: ({ id: string; stepId: string } & Partial<Task>)[]
}
export type LiveEvent = Omit<Schemas['LiveEvent'], 'changes'> & { changes: Changes }
export type EventPage = Omit<Schemas['EventPage'], 'items'> & { items: LiveEvent[] }
export type StepDetail = Omit<Schemas['StepDetail'], 'history'> & { history: LiveEvent[] }

/** What may be done: by state of the iteration, behaviour and state of the step, relation of who looks. */
export type ActionTable = Partial<
  Record<
    IterationState,
    Partial<Record<Behaviour, Partial<Record<StepState, Partial<Record<Relation, StepAction[]>>>>>>
  >
>

/** How an iteration, its macro-phases and chapters stand. */
export type IterationRollup = Schemas['IterationRollup']
export type ChapterRollup = Schemas['ChapterRollup']
export type RollupState = Schemas['RollupState']
/** The steps in hand, by effect on the finish. */
export type NowList = Schemas['NowList']
export type NowLine = Schemas['NowLine']

/** What will happen in an iteration, as it was reckoned last. */
export type ForecastDocument = Schemas['Forecast']
export type ForecastStep = Schemas['StepForecast']
export type ForecastGroup = Schemas['GroupForecast']
/** The finish by simulated nights. */
export type Uncertainty = Schemas['Uncertainty']
/** Until when one can still turn back. */
export type Gauge = Schemas['Gauge']

export type WorkItem = Schemas['WorkItem']
/** A poll or a second signature that waits for who looks. */
export type DecisionWaiting = Schemas['DecisionWaiting']
export type MyWork = Schemas['MyWork']
export type Mail = Schemas['CaughtMailView']

/** What a command on a step did: the events it wrote, to be applied like any other. */
export type StepAnswer = Omit<Schemas['StepAnswer'], 'events'> & { events: LiveEvent[] }
/** The same, by the name that other screens know it by. */
export type CommandAnswer = StepAnswer
export type IterationAnswer = Schemas['IterationAnswer']
export interface List<T> {
  items: T[]
  next?: number | string | null
}

export type PlanVersion = Schemas['PlanVersion']
export type Plan = Schemas['PlanRow']
/** What importing a file would do. Nothing is changed until it is committed. */
export type PlanImport = Schemas['PlanImport']
export type PlanCommit = Schemas['PlanImported']
export type ImportRow = Schemas['ImportRow']
export type ImportState = Schemas['PlanImport']['state']
export type FindingKind = Schemas['FindingKind']
export type BatchFinding = Schemas['BatchFinding']
export type BatchChange = Schemas['BatchChange']
export type ColumnMeaning = Schemas['ColumnMeaning']
export type Change = BatchChange['change']
/** What an import would change, as a tree of groups with counts. */
export type ImportOutline = Schemas['ImportOutline']
export type OutlineNode = Schemas['OutlineNode']
export type FileQuality = Schemas['FileQuality']
export type ImportField = Schemas['ImportField']
export type ImportUndone = Schemas['ImportUndone']
/** What a version changes of when all is over. */
export type PlanEffect = Schemas['PlanEffect']

export type Role = Schemas['Role']
export type User = Schemas['User']
/** What somebody leaves behind who was shut out: teams, and those that nobody is left in. */
export type Leaves = Schemas['Leaves']
export type ChangedUser = Schemas['ChangedUser']
export type SignInLink = Schemas['SignInLink']
/** A person of one migration: roles and teams there. */
export type PersonHere = Schemas['PersonHere']
export type TeamHere = Schemas['TeamWithMembers']
export type Substitute = Schemas['Substitute']
export type NewSubstitute = Schemas['NewSubstituteRequest']
export type RightsTable = Schemas['RightsTable']

/** A comment or a hand-over note; a deleted one has no words. */
export type Comment = Schemas['Comment']
export type CommentList = Schemas['CommentList']
/** What saying something answers: the words after an @ that name nobody beside it. */
export type CommentAnswer = Schemas['CommentAnswer']
export type Mentionables = Schemas['Mentionables']
export type Impediment = Schemas['Impediment']
export type ImpedimentList = Schemas['ImpedimentList']
export type Severity = Schemas['ImpedimentSeverity']
export type RollCall = Schemas['RollCall']
export type RollCallNow = Schemas['RollCallNow']
export type CalledTeam = Schemas['CalledTeam']

/** A message of an iteration: where it stands, and what the person may do about it. */
export type MessageRow = Schemas['MessageRow']
export type MessageList = Schemas['MessageList']
/** What activating a step would send, and to whom. */
export type ActivationMessage = Schemas['ActivationPreview']
export type MessageTemplate = Schemas['Template']
export type TemplateVersion = Schemas['TemplateVersion']
export type TemplateHistory = Schemas['TemplateHistory']
export type TemplatePreview = Schemas['Preview']
/** What a list of people, teams and places changes, or changed. */
export type BaseDataImport = Schemas['BaseDataImport']
export type BaseDataFinding = Schemas['BaseDataFinding']
export type BaseDataChange = Schemas['BaseDataChange']
export type WhatIf = Schemas['WhatIf']
export type Outlook = Schemas['Outlook']
export type Supposing = Schemas['Supposing']
export type Supposition = Partial<Schemas['SuppositionRequest']> & Pick<Schemas['SuppositionRequest'], 'what'>
