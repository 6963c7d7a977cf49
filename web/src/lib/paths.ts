/** Every address of the page, and every address it asks the API at. */

const part = encodeURIComponent

/** What the runsheet's address holds: filters and the step whose panel is open. */
export interface RunsheetSearch {
  step?: string
  q?: string
  /** Codes of macro-phases and chapters. */
  phase?: string[]
  chapter?: string[]
  state?: string[]
  team?: string[]
  label?: string[]
  mine?: boolean
  late?: boolean
  /** Steps on the critical path of the forecast. */
  critical?: boolean
  /** Steps out of scope are listed too. */
  out?: boolean
}

const yes = new Set<string | null>(['1', 'true'])
const words = (value: string | null): string[] => (value ?? '').split(',').filter((word) => word !== '')

/** A label is free text: inside a list its own commas are written otherwise. */
const inList = (word: string): string => word.replace(/[%,]/g, encodeURIComponent)
const fromList = (word: string): string => word.replace(/%2C/gi, ',').replaceAll('%25', '%')

/** Reads the search part of an address; what it does not know is left out. */
export function readRunsheetSearch(search: string): RunsheetSearch {
  const given = new URLSearchParams(search)
  const found: RunsheetSearch = {}
  const step = given.get('step')
  const q = given.get('q')
  if (step) found.step = step
  if (q) found.q = q
  for (const name of ['phase', 'chapter', 'state', 'team', 'label'] as const) {
    const list = words(given.get(name))
    if (list.length > 0) found[name] = list.map(fromList)
  }
  for (const name of ['mine', 'late', 'critical', 'out'] as const) if (yes.has(given.get(name))) found[name] = true
  return found
}

/** The same, from the router's record of it, where a thing may already have been read. */
export function runsheetSearchOf(record: Record<string, unknown>): RunsheetSearch {
  const present = Object.entries(record).filter(([, value]) => value !== undefined && value !== null)
  const plain = (value: unknown) => (Array.isArray(value) ? value.map((word) => inList(String(word))).join(',') : String(value))
  return readRunsheetSearch(new URLSearchParams(present.map(([name, value]) => [name, plain(value)])).toString())
}

/** Any search part in plain words: lists by comma, yes as 1; what is not chosen is left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    const text = Array.isArray(value) ? value.map((word) => inList(String(word))).join(',') : value === true ? '1' : typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    if (text !== '') out.set(name, text)
  }
  const text = out.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** Writes it back, in a fixed order so that equal views have equal addresses; '' when nothing is chosen. */
export function writeRunsheetSearch(search: RunsheetSearch): string {
  const { step, q, phase, chapter, state, team, label, mine, late, critical, out } = search
  return writeSearch({ step, q, phase, chapter, state, team, label, mine, late, critical, out })
}

/** What the command centre's address holds: the step whose panel is open. */
export interface CommandCentreSearch {
  step?: string
}

export const commandCentreSearchOf = ({ step }: Record<string, unknown>): CommandCentreSearch =>
  typeof step === 'string' && step !== '' ? { step } : {}

/** What the addresses of settings hold: which migration, and how the list of people is narrowed. */
export interface SettingsSearch {
  migration?: string
  q?: string
  show?: 'shut-out' | 'admins'
}

/** Reads the search part of a settings address; what it does not know is left out. */
export function settingsSearchOf({ migration, q, show }: Record<string, unknown>): SettingsSearch {
  return {
    ...(typeof migration === 'string' && migration !== '' ? { migration } : {}),
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(show === 'shut-out' || show === 'admins' ? { show } : {}),
  }
}

export type EditorTab = 'steps' | 'network' | 'controls' | 'types' | 'catalogue' | 'proposals'

/** What the plan editor's address holds: the tab, the item whose panel is open, what stands beside, the filters. */
export interface EditorSearch {
  tab?: EditorTab
  item?: string
  side?: 'findings' | 'edits'
  q?: string
  team?: string
  label?: string
  chapter?: string
  table?: boolean
}

const editorTabs: readonly string[] = ['network', 'controls', 'types', 'catalogue', 'proposals']

/** Reads the search part of a plan editor's address; what it does not know is left out. */
export function editorSearchOf(record: Record<string, unknown>): EditorSearch {
  const found: EditorSearch = {}
  for (const name of ['item', 'q', 'team', 'label', 'chapter'] as const) {
    const value = record[name]
    if (typeof value === 'string' && value !== '') found[name] = value
  }
  if (typeof record.tab === 'string' && editorTabs.includes(record.tab)) found.tab = record.tab as EditorTab
  if (record.side === 'findings' || record.side === 'edits') found.side = record.side
  if (yes.has(String(record.table))) found.table = true
  return found
}

/** What the address of a migration's plans holds: the two versions that are compared. */
export interface PlansSearch {
  base?: string
  with?: string
}

export function plansSearchOf({ base, with: other }: Record<string, unknown>): PlansSearch {
  return {
    ...(typeof base === 'string' && base !== '' ? { base } : {}),
    ...(typeof other === 'string' && other !== '' ? { with: other } : {}),
  }
}

export type SettingsSection = 'me' | 'tokens' | 'people' | 'rights' | 'teams' | 'substitutes' | 'messages'

export const paths = {
  home: () => '/',
  signIn: (to?: string, by?: 'password') =>
    `/sign-in${writeSearch({ by, to: to === '/' ? undefined : to })}`,
  migrations: () => '/migrations',
  migration: (key: string) => `/migrations/${part(key)}`,
  runsheet: (key: string, iteration: string, search: RunsheetSearch = {}) =>
    `/migrations/${part(key)}/iterations/${part(iteration)}${writeRunsheetSearch(search)}`,
  commandCentre: (key: string, iteration: string, { step }: CommandCentreSearch = {}) =>
    `/migrations/${part(key)}/iterations/${part(iteration)}/command${writeSearch({ step })}`,
  decisions: (key: string, iteration: string) => `/migrations/${part(key)}/iterations/${part(iteration)}/decisions`,
  controls: (key: string, iteration: string) => `/migrations/${part(key)}/iterations/${part(iteration)}/controls`,
  plans: (key: string, { base, with: other }: PlansSearch = {}) =>
    `/migrations/${part(key)}/plans${writeSearch({ base, with: other })}`,
  planVersion: (key: string, id: string, { tab, item, side, q, team, label, chapter, table }: EditorSearch = {}) =>
    `/migrations/${part(key)}/plans/${part(id)}${writeSearch({ tab: tab === 'steps' ? undefined : tab, chapter, q, team, label, table, item, side })}`,
  myWork: () => '/my-work',
  mails: () => '/mails',
  settings: (section: SettingsSection, { migration, q, show }: SettingsSearch = {}) =>
    `/settings/${section}${writeSearch({ migration, q, show })}`,
}

/** Where to go after signing in: only ever an address of this page. */
export function safeReturn(to: string | null | undefined): string {
  const own = to?.startsWith('/') && !to.startsWith('//') && !to.includes('\\')
  return own ? (to ?? '/') : paths.home()
}

const iteration = (id: string) => `/iterations/${part(id)}`
const migration = (id: string) => `/migrations/${part(id)}`
const user = (id: string) => `/users/${part(id)}`
const team = (id: string) => `/teams/${part(id)}`
const planVersion = (id: string) => `/plan-versions/${part(id)}`
const step = (id: string, code: string) => `${iteration(id)}/steps/${part(code)}`

export const api = {
  session: () => '/session',
  signIn: () => '/sign-in',
  signInLink: () => '/sign-in/link',
  signInPassword: () => '/sign-in/password',
  password: () => '/session/password',
  signOut: () => '/sign-out',
  tokens: () => '/tokens',
  token: (id: string) => `/tokens/${part(id)}`,
  clock: () => '/clock',
  advanceClock: () => '/clock/advance',
  stepActions: () => '/step-actions',
  migrations: () => '/migrations',
  migration: (id: string) => migration(id),
  users: () => '/users',
  user: (id: string) => user(id),
  userSignOut: (id: string) => `${user(id)}/sign-out`,
  userSignInLink: (id: string) => `${user(id)}/sign-in-link`,
  rights: () => '/rights',
  migrationPeople: (id: string) => `${migration(id)}/people`,
  roles: (migrationId: string, userId: string) => `${migration(migrationId)}/people/${part(userId)}/roles`,
  teams: (migrationId: string) => `/teams?migrationId=${part(migrationId)}`,
  migrationTeams: (id: string) => `${migration(id)}/teams`,
  team: (id: string) => team(id),
  teamMembers: (id: string) => `${team(id)}/members`,
  substitutes: (migrationId: string) => `${migration(migrationId)}/substitutes`,
  substituteEnd: (migrationId: string, id: string) => `${migration(migrationId)}/substitutes/${part(id)}/end`,
  iteration: (id: string) => iteration(id),
  iterationAction: (id: string, action: string) => `${iteration(id)}/${part(action)}`,
  startCheck: (id: string) => `${iteration(id)}/start-check`,
  board: (id: string) => `${iteration(id)}/board`,
  forecast: (id: string) => `${iteration(id)}/forecast`,
  whatIf: (id: string) => `${iteration(id)}/what-if`,
  rollup: (id: string) => `${iteration(id)}/rollup`,
  now: (id: string) => `${iteration(id)}/now`,
  step,
  bulk: (id: string) => `${iteration(id)}/bulk`,
  stepAction: (id: string, code: string, action: string) => `${step(id, code)}/${part(action)}`,
  taskAction: (id: string, code: string, task: string, action: 'done' | 'undone' | 'fail' | 'not-applicable') =>
    `${step(id, code)}/tasks/${part(task)}/${action}`,
  evidence: (id: string, code: string) => `${step(id, code)}/evidence`,
  controlEvidence: (id: string, code: string) => `${iteration(id)}/controls/${part(code)}/evidence`,
  evidenceFile: (place: string, about: Record<string, string | undefined>) => `${place}/file${writeSearch(about)}`,
  evidenceDownload: (id: string) => `/evidence/${part(id)}/file`,
  evidenceWithdraw: (id: string) => `/evidence/${part(id)}/withdraw`,
  controls: (id: string) => `${iteration(id)}/controls`,
  controlAction: (id: string, code: string, action: string) => `${iteration(id)}/controls/${part(code)}/${part(action)}`,
  answer: (decisionId: string) => `/decisions/${part(decisionId)}/answer`,
  decisions: (id: string) => `${iteration(id)}/decisions`,
  decision: (decisionId: string) => `/decisions/${part(decisionId)}`,
  decisionAct: (decisionId: string, act: 'remind' | 'extend' | 'withdraw') => `/decisions/${part(decisionId)}/${act}`,
  decisionLinkLook: () => '/decision-links/look',
  decisionLinkAnswer: () => '/decision-links/answer',
  events: (id: string, after: number, limit = 500) =>
    `${iteration(id)}/events?after=${String(after)}&limit=${String(limit)}`,
  messages: (id: string) => `${iteration(id)}/messages`,
  iterations: () => '/iterations',
  plans: (migrationId: string) => `/plans?migrationId=${part(migrationId)}`,
  planVersion,
  planVersionRemove: (id: string, version?: number) => planVersion(id) + writeSearch({ version }),
  planVersionApprove: (id: string) => `${planVersion(id)}/approve`,
  planItem: (id: string, level: string, code: string) => `${planVersion(id)}/items/${level}/${part(code)}`,
  planFindings: (id: string) => `${planVersion(id)}/findings`,
  planEdits: (id: string) => `${planVersion(id)}/edits`,
  planEditsAfter: (id: string, after: number) => `${planVersion(id)}/edits?after=${String(after)}`,
  planEditUndo: (id: string, number: number) => `${planVersion(id)}/edits/${String(number)}/undo`,
  planDiff: (id: string, base: string) => `${planVersion(id)}/diff?base=${part(base)}`,
  planScope: (id: string, kind: string, name: string) => `${planVersion(id)}/scope?kind=${part(kind)}&name=${part(name)}`,
  planDrafts: (planId: string) => `/plans/${part(planId)}/drafts`,
  planProposals: (planId: string) => `/plans/${part(planId)}/proposals?state=open`,
  proposalAccept: (id: string) => `/plan-proposals/${part(id)}/accept`,
  proposalDecline: (id: string) => `/plan-proposals/${part(id)}/decline`,
  stepProposals: (iterationId: string, code: string) => `${step(iterationId, code)}/proposals`,
  catalogue: (migrationId: string, kind: string) => `${migration(migrationId)}/${kind}`,
  catalogueItem: (kind: string, id: string) => `/${kind}/${part(id)}`,
  myWork: () => '/my-work',
  mails: () => '/mails',
}
