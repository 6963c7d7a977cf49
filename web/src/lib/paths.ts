/** Every address of the page, and every address it asks the API at. */

const part = encodeURIComponent

/** What the runsheet's address holds: filters and the step whose panel is open. */
export interface RunsheetSearch {
  step?: string
  q?: string
  state?: string[]
  team?: string[]
  mine?: boolean
  late?: boolean
}

const yes = new Set<string | null>(['1', 'true'])
const words = (value: string | null): string[] => (value ?? '').split(',').filter((word) => word !== '')

/** Reads the search part of an address; what it does not know is left out. */
export function readRunsheetSearch(search: string): RunsheetSearch {
  const given = new URLSearchParams(search)
  const found: RunsheetSearch = {}
  const step = given.get('step')
  const q = given.get('q')
  if (step) found.step = step
  if (q) found.q = q
  if (words(given.get('state')).length > 0) found.state = words(given.get('state'))
  if (words(given.get('team')).length > 0) found.team = words(given.get('team'))
  if (yes.has(given.get('mine'))) found.mine = true
  if (yes.has(given.get('late'))) found.late = true
  return found
}

/** The same, from the router's record of it, where a thing may already have been read. */
export function runsheetSearchOf(record: Record<string, unknown>): RunsheetSearch {
  const present = Object.entries(record).filter(([, value]) => value !== undefined && value !== null)
  return readRunsheetSearch(new URLSearchParams(present.map(([name, value]) => [name, String(value)])).toString())
}

/** Any search part in plain words: lists by comma, yes as 1; what is not chosen is left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    const text = Array.isArray(value) ? value.join(',') : value === true ? '1' : typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    if (text !== '') out.set(name, text)
  }
  const text = out.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** Writes it back, in a fixed order so that equal views have equal addresses; '' when nothing is chosen. */
export function writeRunsheetSearch(search: RunsheetSearch): string {
  const { step, q, state, team, mine, late } = search
  return writeSearch({ step, q, state, team, mine, late })
}

export const paths = {
  home: () => '/',
  signIn: (to?: string) => (to && to !== '/' ? `/sign-in?to=${part(to)}` : '/sign-in'),
  migrations: () => '/migrations',
  migration: (key: string) => `/migrations/${part(key)}`,
  runsheet: (key: string, iteration: string, search: RunsheetSearch = {}) =>
    `/migrations/${part(key)}/iterations/${part(iteration)}${writeRunsheetSearch(search)}`,
  myWork: () => '/my-work',
  mails: () => '/mails',
  tokens: () => '/settings/tokens',
}

/** Where to go after signing in: only ever an address of this page. */
export function safeReturn(to: string | null | undefined): string {
  const own = to?.startsWith('/') && !to.startsWith('//') && !to.includes('\\')
  return own ? (to ?? '/') : paths.home()
}

const iteration = (id: string) => `/iterations/${part(id)}`
const step = (id: string, code: string) => `${iteration(id)}/steps/${part(code)}`

export const api = {
  session: () => '/session',
  signIn: () => '/sign-in',
  signInLink: () => '/sign-in/link',
  signOut: () => '/sign-out',
  tokens: () => '/tokens',
  token: (id: string) => `/tokens/${part(id)}`,
  clock: () => '/clock',
  advanceClock: () => '/clock/advance',
  stepActions: () => '/step-actions',
  migrations: () => '/migrations',
  migration: (id: string) => `/migrations/${part(id)}`,
  iteration: (id: string) => iteration(id),
  iterationAction: (id: string, action: string) => `${iteration(id)}/${part(action)}`,
  startCheck: (id: string) => `${iteration(id)}/start-check`,
  board: (id: string) => `${iteration(id)}/board`,
  step,
  stepAction: (id: string, code: string, action: string) => `${step(id, code)}/${part(action)}`,
  taskAction: (id: string, code: string, task: string, action: 'done' | 'undone') =>
    `${step(id, code)}/tasks/${part(task)}/${action}`,
  answer: (decisionId: string) => `/decisions/${part(decisionId)}/answer`,
  events: (id: string, after: number, limit = 500) =>
    `${iteration(id)}/events?after=${String(after)}&limit=${String(limit)}`,
  messages: (id: string) => `${iteration(id)}/messages`,
  iterations: () => '/iterations',
  plans: (migrationId: string) => `/plans?migrationId=${part(migrationId)}`,
  planImports: (migrationId: string, fileName: string) =>
    `/plan-imports?migrationId=${part(migrationId)}&fileName=${part(fileName)}`,
  planImportCommit: (id: string) => `/plan-imports/${part(id)}/commit`,
  planVersionApprove: (id: string) => `/plan-versions/${part(id)}/approve`,
  planVersionExport: (id: string, format: 'yaml' | 'json') => `/plan-versions/${part(id)}/export?format=${format}`,
  myWork: () => '/my-work',
  mails: () => '/mails',
}
