/** How quickly an import is read, and how long it still takes. Pure: now is an argument. */
import type { PlanImport } from '../../../api/types'
import { millis } from '../../../lib/time'

export interface Pace {
  rowsPerSecond: number | null
  /** Of the file, 0 to 1. */
  share: number | null
  secondsLeft: number | null
}

/** Before this much time a rate is a guess. */
const warmUpSeconds = 1

export function paceOf({ progress: { rows, bytes, since }, fileSize }: Pick<PlanImport, 'progress' | 'fileSize'>, now: number): Pace {
  const share = fileSize > 0 && bytes > 0 ? Math.min(1, bytes / fileSize) : null
  const begun = millis(since)
  const seconds = begun === null ? 0 : (now - begun) / 1000
  if (seconds < warmUpSeconds) return { rowsPerSecond: null, share, secondsLeft: null }
  return {
    rowsPerSecond: rows > 0 ? Math.round(rows / seconds) : null,
    share,
    secondsLeft: share === null || share === 1 ? null : Math.max(1, Math.round(((1 - share) / share) * seconds)),
  }
}
