/** What a page is called in the browser's tabs and history. Pure. */

const product = 'Tminus'
const pages: Record<string, string> = { decide: 'Your answer', 'sign-in': 'Sign in', 'my-work': 'My work', mails: 'Mails', settings: 'Settings' }
/** Views of one iteration beside its runsheet. */
const views: Record<string, string> = { command: 'Command centre', gantt: 'Gantt', graph: 'Graph', planner: 'Planner', controls: 'Controls', decisions: 'Decisions' }
const sections: Record<string, string> = {
  me: 'Me', tokens: 'My tokens', people: 'People', rights: 'Rights', teams: 'Teams', substitutes: 'Substitutes', messages: 'Messages',
}

function read(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // A half-written %-sign in an address that somebody typed.
    return part
  }
}

/** CUTOVER · ERP · Tminus; My work · Tminus: the narrowest first, since tabs are narrow. */
export function titleOf(pathname: string): string {
  const [first = '', key, what, name, ...more] = pathname.split('/').filter((part) => part !== '').map(read)
  const view = more[0] === undefined ? undefined : views[more[0]]
  if (first === 'migrations' && what === 'iterations' && name !== undefined && view !== undefined && more.length === 1) {
    return `${view} · ${name} · ${key ?? ''} · ${product}`
  }
  if (first === 'migrations' && more.length === 0) {
    if (key === undefined) return `Migrations · ${product}`
    if (what === undefined) return `${key} · ${product}`
    if (what === 'plans') return `${name === undefined ? 'Plans' : 'Plan'} · ${key} · ${product}`
    if (what === 'rehearsals' && name !== undefined) return `Rehearsals · ${key} · ${product}`
    if (what === 'imports' && name !== undefined) return `Import · ${key} · ${product}`
    if (what === 'iterations' && name !== undefined) return `${name} · ${key} · ${product}`
  }
  const section = first === 'settings' && key !== undefined ? sections[key] : undefined
  if (section !== undefined) return `${section} · ${product}`
  const page = pages[first]
  return page === undefined ? product : `${page} · ${product}`
}
