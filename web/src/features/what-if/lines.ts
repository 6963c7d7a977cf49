/** What is being supposed, line by line, as the dialog holds it. Pure. */
import type { StepRow, Supposing, Supposition } from '../../api/types'
import { isOver } from '../../lib/states'
import { momentOf, type WallTime, wallTimeOf } from '../../lib/zoned'

/** One line. What was typed for another kind of supposition stays, in case one goes back to it. */
export interface Line {
  id: number
  what: Supposing
  /** Of which step; null until one is chosen. */
  code: string | null
  /** Null while nothing stands in the field, undefined where what is typed is no such number. */
  minutes: number | null | undefined
  factor: number | null | undefined
  windowEnd: WallTime
  /** The zone that the time was typed in. */
  zone: string
}

export const most = 10
export const longestMinutes = 14_400
export const sharedFactor = 0.6
export const minuteRules = { whole: true, min: 1, max: longestMinutes }
export const factorRules = { above: 0, max: 1 }

/** A fresh line; the window's end begins from today's. */
export function newLine(lines: readonly Line[], code: string | null, windowEnd: number | null, zone: string): Line {
  const id = Math.max(0, ...lines.map((line) => line.id)) + 1
  return { id, what: 'late', code, minutes: 30, factor: sharedFactor, windowEnd: windowEnd === null ? { date: '', time: '' } : wallTimeOf(windowEnd, zone), zone }
}

const blank = ({ code, what }: Line): boolean => code === null && what !== 'window'

/** The lines with one for this step: its own, if there is one already, else a blank one, else a new one. */
export function withStep(lines: readonly Line[], code: string | null, windowEnd: number | null, zone: string): readonly Line[] {
  if (code === null) return lines.length > 0 ? lines : [newLine([], null, windowEnd, zone)]
  if (lines.some((line) => line.code === code && line.what !== 'window')) return lines
  const last = lines.at(-1)
  if (last && blank(last)) return [...lines.slice(0, -1), { ...last, code }]
  return lines.length < most ? [...lines, newLine(lines, code, windowEnd, zone)] : lines
}

/** What a line still needs before anything can be reckoned of it; null when it is whole. */
export function lacks({ what, code, minutes, factor, windowEnd, zone }: Line): string | null {
  if (what === 'window') return momentOf(windowEnd, zone).at === null ? 'Say when the window would end.' : null
  if (code === null) return 'Choose a step.'
  if (what === 'late' && typeof minutes !== 'number') return 'Say how many minutes: 1 to 14400, which is ten days.'
  if (what === 'share' && typeof factor !== 'number') return 'Say a factor: more than 0, at most 1.'
  return null
}

/** What is sent for a line; null while it lacks something. */
export function suppositionOf(line: Line): Supposition | null {
  if (lacks(line) !== null) return null
  const { what, code, minutes, factor } = line
  if (what === 'window') {
    const { at } = momentOf(line.windowEnd, line.zone)
    return at === null ? null : { what, windowEnd: new Date(at).toISOString() }
  }
  return {
    what, stepCode: code,
    ...(what === 'late' && typeof minutes === 'number' ? { minutes } : {}),
    ...(what === 'share' && typeof factor === 'number' ? { factor } : {}),
  }
}

/** The lines that are sent, in their order. */
export const wholeLines = (lines: readonly Line[]): Line[] => lines.filter((line) => lacks(line) === null)

/** Of which steps something can be supposed: part of the night, awake, and not over. */
export const canSuppose = ({ inScope, dormant, state }: Pick<StepRow, 'inScope' | 'dormant' | 'state'>): boolean => inScope && !dormant && !isOver(state)

/** A milestone or a gate has no work that a second team could take part of. */
export const canShare = ({ behaviour }: Pick<StepRow, 'behaviour'>): boolean => behaviour !== 'milestone' && behaviour !== 'gate'

interface Refusal { code: string; detail: string }

const names = (detail: string, code: string | null): boolean =>
  code !== null && detail.split(/[^\w.-]+/).some((word) => word === code || word.replace(/\.$/, '') === code)

/** The line that a refusal is about; null where it is about none of them alone. `sent`: those that were asked of. */
export function refusedLine({ code, detail }: Refusal, sent: readonly Line[]): Line | null {
  const place = /suppositions\.(\d+)/.exec(detail)
  if (place) return sent[Number(place[1])] ?? null
  const about = sent.filter((line) => line.what !== 'window' && names(detail, line.code))
  return (code === 'step_begun' ? about.find(({ what }) => what === 'start_now') : undefined) ?? about[0] ?? null
}
