/** How fresh the page is, decided from what has been heard. Pure: times in milliseconds are arguments. */

export type LiveMode = 'connecting' | 'live' | 'polling' | 'reconnecting' | 'offline'

export interface Heard {
  socketUp: boolean
  /** When the websocket was last up; when the page began, if it never was. */
  socketLostAt: number
  /** When anything last came from the server, by either way; null before the first. */
  lastHeardAt: number | null
  /** Since when asking by HTTP has been failing; null when the last one was answered. */
  pollFailingSince: number | null
  browserOnline: boolean
}

/** Without a websocket for this long, the page asks instead of waiting. */
export const patienceForSocketMs = 10_000
/** The server sends a heartbeat each 5 s; two missed mean that the line is dead, whatever it says. */
export const silenceMs = 12_000
export const pollEveryMs = 5_000

export function liveMode(heard: Heard, now: number): LiveMode {
  if (!heard.browserOnline) return 'offline'
  const silent = heard.lastHeardAt === null || now - heard.lastHeardAt > silenceMs
  if (heard.socketUp && !silent) return 'live'
  if (heard.pollFailingSince !== null) return 'offline'
  if (heard.socketUp && heard.lastHeardAt === null) return 'connecting'
  if (now - heard.socketLostAt < patienceForSocketMs) {
    return heard.lastHeardAt === null ? 'connecting' : 'reconnecting'
  }
  return silent ? 'reconnecting' : 'polling'
}

/** Whether to ask by HTTP now: the websocket is away too long, or claims to be there and says nothing. */
export function shouldPoll(heard: Heard, lastAskedAt: number, now: number): boolean {
  if (now - lastAskedAt < pollEveryMs) return false
  const silent = heard.lastHeardAt === null || now - heard.lastHeardAt > silenceMs
  return heard.socketUp ? silent : now - heard.socketLostAt >= patienceForSocketMs
}
