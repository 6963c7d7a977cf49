/** How long a token lives, in words. Pure: now is an argument, in milliseconds. */
import type { Token } from '../../api/types'
import { day, millis, span } from '../../lib/time'

export const lifetimes = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'Until it is revoked' },
] as const

export interface Expiry {
  text: string
  tone: 'over' | 'soon' | 'fine'
}

const dayMs = 86_400_000

/** 3 h 20, and from a day on 1 d 2 h: never more than a day's worth of hours. */
function leftWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  if (hours < 24) return span(seconds)
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

export function expiryOf({ expiresAt }: Pick<Token, 'expiresAt'>, now: number, zone: string): Expiry {
  const at = millis(expiresAt)
  if (at === null) return { text: 'Until it is revoked', tone: 'fine' }
  if (at <= now) return { text: `Expired ${day(at, zone)}`, tone: 'over' }
  const left = at - now
  if (left >= 7 * dayMs) return { text: `Until ${day(at, zone)}`, tone: 'fine' }
  return { text: `Expires in ${leftWords(Math.max(60, Math.floor(left / 60_000) * 60))}`, tone: 'soon' }
}

export function lastUseOf({ lastUsedAt }: Pick<Token, 'lastUsedAt'>, now: number): string {
  const at = millis(lastUsedAt)
  if (at === null) return 'Never used'
  const seconds = Math.floor((now - at) / 1000)
  return seconds < 60 ? 'Used just now' : `Used ${span(Math.floor(seconds / 60) * 60)} ago`
}
