/** What a plan version holds, how it is edited, and where each of it stands in the cache. */
import { queryOptions } from '@tanstack/react-query'
import { api } from '../lib/paths'
import { get } from './client'
import type { Behaviour, IterationState, LinkKind, List } from './types'

export type Level = 'macroPhase' | 'chapter' | 'step' | 'task' | 'control' | 'type'
export interface PlanLink { code: string; kind: LinkKind; lagSeconds: number }

export interface PlanTask {
  code: string
  title: string
  team: string | null
  required: boolean
  nominee: string | null
  controls: string[]
  hasInstructions: boolean
  instructions?: string | null
}
export interface PlanStep {
  code: string
  name: string
  type: string
  behaviour: Behaviour
  team: string | null
  durationSeconds: number
  autoActivate: boolean
  pointOfNoReturn: boolean
  evidence: boolean
  after: PlanLink[]
  impactedTeams: string[]
  labels: string[]
  applications: string[]
  environment: string | null
  scope: string[]
  undoes: string[]
  notBefore: string | null
  fixedStart: string | null
  hasInstructions: boolean
  tasks: PlanTask[]
  instructions?: string | null
}
export interface PlanChapter { code: string; name: string; rollback: boolean; after: PlanLink[]; steps: PlanStep[] }
export interface PlanPhase { code: string; name: string; after: PlanLink[]; chapters: PlanChapter[] }
export interface PlanControl {
  code: string
  name: string
  description: string
  producer: string | null
  validator: string | null
  critical: boolean
}
export interface PlanType { code: string; name: string; behaviour: Behaviour; own: boolean; steps: number }
export interface Named { code: string; name: string }
export interface PlanFinding {
  code: string
  severity: 'error' | 'warning'
  message: string
  suggestion: string | null
  subject: { level: string; code: string; field: string } | null
}
export type VersionAction = 'edit' | 'approve' | 'discard' | 'newDraft' | 'newIteration'
export type VersionStatus = 'draft' | 'approved' | 'superseded' | 'undone'

/** A plan version whole. */
export interface PlanWhole {
  id: string
  planId: string
  planName: string
  description: string
  migrationId: string
  migrationKey: string
  zone: string
  number: number
  status: VersionStatus
  version: number
  basedOn: { id: string; number: number } | null
  createdBy: string
  createdAt: string
  approvedBy: string | null
  approvedAt: string | null
  allowedActions: VersionAction[]
  whyNotApprove: string | null
  lastEdit: number
  iterations: { id: string; name: string; state: IterationState }[]
  types: PlanType[]
  controls: PlanControl[]
  teams: Named[]
  applications: Named[]
  environments: Named[]
  environmentRoles: Named[]
  macroPhases: PlanPhase[]
  findings: PlanFinding[]
}

/** What may be asked of a draft; all of one request, or none of it. */
export type Edit =
  | { op: 'set'; level: Level; code: string; field: string; was: unknown; to: unknown }
  | { op: 'add'; level: Level; parent?: string | undefined; before?: string | undefined; item: Record<string, unknown> }
  | { op: 'remove'; level: Level; code: string; withContent?: boolean }
  | { op: 'move'; level: Level; code: string; parent?: string | undefined; before?: string | undefined }
  | { op: 'link'; to: string; link: PlanLink; wasLagSeconds?: number }
  | { op: 'unlink'; to: string; link: { code: string; kind: LinkKind } }

/** A thing as it is after an edit; `item` null: it is there no more. */
export interface EditedItem {
  level: Exclude<Level, 'task'>
  code: string
  item: Record<string, unknown> | null
  parent: string | null
  position: number | null
}
export interface EditAnswer {
  number: number
  title: string
  version: number
  items: EditedItem[]
  findings: PlanFinding[] | null
  lastEdit: number
}
export interface PlanEdit {
  number: number
  title: string
  by: string
  mine: boolean
  at: string
  undoneBy: number | null
  undoes: number | null
  /** What rehearsals taught, where it was taken over from them. */
  taught: { planId: string; lesson: string } | null
  items: EditedItem[]
}
export interface EditPage { version: number; status: VersionStatus; lastEdit: number; items: PlanEdit[] }

/** What names a thing that somebody wants to remove. */
export interface UsedBy { level: Level; code: string; name: string; how: 'inside' | 'waits' | 'carries' | 'isOf' | 'undoes' }

export interface VersionDiff {
  items: { kind: string; code: string; change: 'added' | 'changed' | 'removed'; fields: string[] }[]
  unchanged: number
  added: number
  changed: number
  removed: number
}

export type CatalogueKind = 'applications' | 'environments' | 'environment-roles'
export interface CatalogueItem { id: string; code: string; name: string; version: number; usedBy: number }

export interface Proposal {
  id: string
  stepCode: string
  stepName: string
  iterationName: string
  field: string | null
  value: unknown
  current: unknown
  lesson: string
  by: string
  at: string
  state: 'open' | 'accepted' | 'declined'
  decidedBy: string | null
  decidedAt: string | null
  reason: string | null
  version: number
}

export interface ScopeOfVersion {
  inScope: number
  outOfScope: number
  outOfScopeCodes: string[]
  roles: { code: string; name: string; steps: number }[]
  sentence: string
}

export const planKeys = {
  versions: ['plan-version'] as const,
  version: (id: string) => ['plan-version', id] as const,
  edits: (id: string) => ['plan-edits', id] as const,
  item: (id: string, level: Level, code: string) => ['plan-item', id, level, code] as const,
  items: (id: string) => ['plan-item', id] as const,
  findings: (id: string) => ['plan-findings', id] as const,
  diff: (id: string, base: string) => ['plan-diff', id, base] as const,
  catalogue: (migrationId: string, kind: CatalogueKind) => ['catalogue', migrationId, kind] as const,
  proposals: (planId: string) => ['proposals', planId] as const,
  scope: (id: string, kind: string, name: string) => ['plan-scope', id, kind, name] as const,
}

/** A version whole. A draft is kept fresh by its edits, what is approved never changes: neither is asked for by age. */
export const planVersionQuery = (id: string) =>
  queryOptions({
    queryKey: planKeys.version(id),
    queryFn: () => get<PlanWhole>(api.planVersion(id)),
    staleTime: 60_000,
    // Thousands of rows: compared by nobody, they are taken as they come.
    structuralSharing: false,
  })

export const planItemQuery = (id: string, level: Level, code: string) =>
  queryOptions({
    queryKey: planKeys.item(id, level, code),
    queryFn: () => get<PlanStep | PlanTask>(api.planItem(id, level, code)),
    staleTime: 30_000,
  })

export const planDiffQuery = (id: string, base: string) =>
  queryOptions({
    queryKey: planKeys.diff(id, base),
    queryFn: () => get<VersionDiff>(api.planDiff(id, base)),
    staleTime: 5_000,
  })

export const catalogueQuery = (migrationId: string, kind: CatalogueKind) =>
  queryOptions({
    queryKey: planKeys.catalogue(migrationId, kind),
    queryFn: async () => (await get<List<CatalogueItem>>(api.catalogue(migrationId, kind))).items,
    staleTime: 5_000,
  })

export const proposalsQuery = (planId: string) =>
  queryOptions({
    queryKey: planKeys.proposals(planId),
    queryFn: async () => (await get<List<Proposal>>(api.planProposals(planId))).items,
    staleTime: 5_000,
  })

export const scopeQuery = (id: string, kind: string, name: string) =>
  queryOptions({
    queryKey: planKeys.scope(id, kind, name),
    queryFn: () => get<ScopeOfVersion>(api.planScope(id, kind, name)),
    staleTime: 5_000,
  })
