/** Forecasts in words. Pure. */
import { delay, millis, near } from './time'

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

/**
 * 83 %, rounded down as everywhere: more is never promised than was reckoned. It is a share of simulated nights: of none
 * of them, and of all, nobody says that it is certain. The server says it the same (`rag.percent`).
 */
export function chanceText(chance: number): string {
  if (chance < 0.01) return 'under 1 %'
  return chance > 0.99 ? 'above 99 %' : `${String(Math.floor(chance * 100 + 1e-9))} %`
}

interface Assumption {
  code: string
  stepCode: string | null
  sentence: string
  at: string | null
}

/** What is taken for granted, in the zone that is chosen; days are said where they are not today. */
export function assumptionWords({ code, stepCode, sentence, at }: Assumption, now: number, zone: string): string {
  const when = millis(at)
  if (when === null) return sentence
  if (code === 'blocked_past' && stepCode !== null) return `${stepCode} was to go on at ${near(when, now, zone)} and is blocked still; it is taken to go on now.`
  return code === 'starts_now' ? `It was to begin at ${near(when, now, zone)}; it is taken to begin now.` : sentence
}

interface Conflict {
  code: string
  stepCode: string | null
  sentence: string
  wanted: string
  possible: string
  beforeCode: string | null
  beforeName: string | null
}

/** Two things that were said and cannot both be, in the zone that is chosen; days are said where they are not today. */
export function conflictWords({ code, stepCode, sentence, ...of }: Conflict, now: number, zone: string): string {
  const [wanted, possible] = [millis(of.wanted), millis(of.possible)]
  if (wanted === null || possible === null) return sentence
  const [from, to] = [near(wanted, now, zone), near(possible, now, zone)]
  if (code === 'no_working_time') return `Blackouts cover the whole window from ${from} to ${to}: nothing can run in it.`
  if (code !== 'fixed_start_missed' || stepCode === null) return sentence
  const why = of.beforeCode === null ? 'it cannot start before' : `what it waits for, ${of.beforeCode} “${of.beforeName ?? ''}” last, holds it until`
  return `${stepCode} is to start at ${from}, but ${why} ${to}.`
}
