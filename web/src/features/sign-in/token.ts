/** The token in the part of an address that never leaves the browser (`#…`); '' when there is none. */
export function tokenIn(hash: string): string {
  const raw = hash.replace(/^#/, '')
  try {
    return decodeURIComponent(raw).trim()
  } catch {
    // A link that was cut in the middle of a %-sign: the server says that it does not know it.
    return raw.trim()
  }
}

/** Takes the token out of the address bar and the history: it is a key, and keys are not left lying about. */
export function takeToken(): string {
  const token = tokenIn(window.location.hash)
  if (token !== '') {
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  }
  return token
}
