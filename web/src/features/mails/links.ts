/** The text of a mail as pieces, of which some lead somewhere. Pure. */

export type Piece =
  | { kind: 'text'; text: string }
  /** `href` is an address of this page, without the server's name. */
  | { kind: 'link'; text: string; href: string }

/** What ends a sentence, or closes a bracket, is not part of the address before it. */
const trailing = /[.,;:!?)\]}>'"”’]+$/

function ownHref(url: string, origins: ReadonlySet<string>): string | null {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return null
  }
  return origins.has(parsed.origin) ? parsed.pathname + parsed.search + parsed.hash : null
}

const originOf = (url: string): string | null => {
  try {
    return new URL(url).origin
  } catch {
    return null
  }
}

/**
 * Splits a text at the addresses that point to this server; all others stay text, so that no mail leads away.
 * `servers` are the addresses this server is known by: the one in use, and the one it writes into mails.
 */
export function pieces(text: string, servers: readonly string[]): Piece[] {
  const origins = new Set(servers.map(originOf).filter((origin) => origin !== null))
  const found: Piece[] = []
  let at = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const url = match[0].replace(trailing, '')
    const href = ownHref(url, origins)
    if (href === null) continue
    if (match.index > at) found.push({ kind: 'text', text: text.slice(at, match.index) })
    found.push({ kind: 'link', text: url, href })
    at = match.index + url.length
  }
  if (at < text.length) found.push({ kind: 'text', text: text.slice(at) })
  return found
}

/** The first words of a mail, for the list: greeting and blank lines are skipped no more than needed. */
export function gist(text: string, length = 110): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length <= length ? flat : `${flat.slice(0, length).trimEnd()}…`
}
