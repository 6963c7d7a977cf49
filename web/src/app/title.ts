/** What a page is called in the browser's tabs and history. Pure. */

const product = 'Tminus'
const pages: Record<string, string> = { 'sign-in': 'Sign in', 'my-work': 'My work', mails: 'Mails', settings: 'Settings' }
const sections: Record<string, string> = {
  me: 'Me', tokens: 'My tokens', people: 'People', rights: 'Rights', teams: 'Teams', substitutes: 'Substitutes',
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
  if (first === 'migrations' && more.length === 0) {
    if (key === undefined) return `Migrations · ${product}`
    if (what === undefined) return `${key} · ${product}`
    if (what === 'plans') return `${name === undefined ? 'Plans' : 'Plan'} · ${key} · ${product}`
    if (what === 'iterations' && name !== undefined) return `${name} · ${key} · ${product}`
  }
  const section = first === 'settings' && key !== undefined ? sections[key] : undefined
  if (section !== undefined) return `${section} · ${product}`
  const page = pages[first]
  return page === undefined ? product : `${page} · ${product}`
}
