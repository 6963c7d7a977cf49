/** Forecasts in words. Pure. */
import { delay } from './time'

interface Delay {
  varianceSeconds: number
  inheritedSeconds: number
  ownSeconds: number
  reasons: readonly { seconds: number; sentence: string }[]
  origin: { code: string; seconds: number } | null
  sentence: string
}

/** How late against the baseline, whose it is, why, and where it began; nothing where there is none. */
export function delayLines({ varianceSeconds, inheritedSeconds, ownSeconds, reasons, origin, sentence }: Delay): string[] {
  if (varianceSeconds === 0 && inheritedSeconds === 0 && ownSeconds === 0) return []
  return [
    `Delay ${delay(varianceSeconds)}: inherited ${delay(inheritedSeconds)}, own ${delay(ownSeconds)}`,
    ...reasons.map((reason) => reason.sentence),
    ...(sentence !== '' ? [sentence] : origin ? [`It began at ${origin.code} (${delay(origin.seconds)}).`] : []),
  ]
}

/** 83 %, rounded down as everywhere: more is never promised than was reckoned. A small chance is not none. */
export function chanceText(chance: number): string {
  const percent = Math.floor(chance * 100)
  if (percent === 0 && chance > 0) return 'under 1 %'
  return `${String(percent)} %`
}
