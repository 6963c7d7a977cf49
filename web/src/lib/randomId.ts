/** An id for one press of one button, so that a repeat after a lost answer is not done twice. */
export function randomId(): string {
  // randomUUID exists only on https and localhost; a command room's server may be plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
