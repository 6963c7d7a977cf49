import type { Evidence } from '../../api/types'

/** Bytes as people say them: 900 B, 12 kB, 3.4 MB. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`
  if (bytes < 999_500) return `${String(Math.round(bytes / 1000))} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** What was typed: an address by itself is a link, all else is text. */
export const kindOf = (words: string): 'text' | 'link' => (/^https?:\/\/\S+$/i.test(words.trim()) ? 'link' : 'text')

/** A link that may be followed: the server takes no other, and the page draws no other. */
export const isWebAddress = (words: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(words).protocol)
  } catch {
    return false
  }
}

/** What a piece of evidence is of, beside its step. */
export const ofWords = ({ taskCode, controlCode }: Pick<Evidence, 'taskCode' | 'controlCode'>): string =>
  [taskCode === null ? '' : `of task ${taskCode}`, controlCode === null ? '' : `of control ${controlCode}`].filter(Boolean).join(', ')

/** Why it is not counted, where it is not. */
export function uncountedWords({ counted, withdrawnBy, withdrawnReason, attempt }: Evidence): string {
  if (withdrawnBy !== null) return `Withdrawn by ${withdrawnBy}: ${withdrawnReason ?? ''}`
  return counted ? '' : `Of attempt ${String(attempt)}`
}

export const largestFile = 25 * 1024 * 1024

/** Why a file is not even sent; null when it is. The server looks for itself. */
export function whyNotSent({ size }: { size: number }): string | null {
  if (size === 0) return 'The file is empty. Nothing was sent.'
  if (size > largestFile) return 'The file is larger than 25 MiB. Nothing was sent. Compress it, or give a link to it.'
  return null
}
