/** Kinds of findings: in which order they are read, and what each asks of a person. Pure. */
import type { FindingKind } from '../../../api/types'
import { few } from './words'

const weight = ({ blocking, severity, repairable }: FindingKind): number => (blocking > 0 ? 0 : severity === 'error' ? 1 : repairable ? 2 : 3)

/** What stops the import first, then what may be repaired, each by how many there are. */
export const inOrder = (kinds: readonly FindingKind[]): FindingKind[] => kinds.toSorted((a, b) => weight(a) - weight(b) || b.count - a.count || a.code.localeCompare(b.code))

/** The full set of accepted repairs after a switch; the server takes just these. */
export function withRepair(kinds: readonly FindingKind[], code: string, on: boolean): string[] {
  const accepted = kinds.filter((kind) => kind.repairable && kind.accepted).map((kind) => kind.code)
  return on ? [...new Set([...accepted, code])] : accepted.filter((one) => one !== code)
}

/** What becomes of those whose repair is not accepted; the others stay as they are written. */
const without: Record<string, string> = {
  self_predecessor: 'the link is dropped; another one comes instead only if its repair is accepted',
  unknown_predecessor: 'the link is dropped unless its repair is accepted',
  unknown_type: 'becomes a type of this plan, which acts as work, unless its repair is accepted',
  team_variant: 'is a team of its own unless its repair is accepted',
}

/** What stands with a kind now: how many stop the import, how many are mended, what nobody can do for one. */
export function standing({ code, count, blocking, mended, repairs, always }: FindingKind): string {
  if (always) return 'applied, because it cannot stand as written'
  const parts: string[] = []
  if (blocking > 0) parts.push(blocking === count ? (count === 1 ? 'stops the import' : 'all stop the import') : `${blocking.toLocaleString('en')} ${blocking === 1 ? 'stops' : 'stop'} the import`)
  if (mended > 0) parts.push(mended === count ? (count === 1 ? 'repaired' : 'all repaired') : `${mended.toLocaleString('en')} repaired`)
  if (parts.length === 0) parts.push(repairs > 0 ? (without[code] ?? 'stays as written unless its repair is accepted') : 'to be read; nothing has to be done')
  return parts.join(', ')
}

/** One sentence on all findings. */
export function overall(kinds: readonly FindingKind[]): { tone: 'stop' | 'go' | 'clean'; text: string } {
  const blocking = kinds.reduce((sum, kind) => sum + kind.blocking, 0)
  const total = kinds.reduce((sum, kind) => sum + kind.count, 0)
  if (total === 0) return { tone: 'clean', text: 'Nothing is wrong with these files.' }
  if (blocking === 0) return { tone: 'go', text: `Nothing stops the import. ${few(total, 'finding')} to read.` }
  const mendable = kinds.filter((kind) => kind.blocking > 0).every((kind) => kind.repairable && kind.repairs >= kind.blocking)
  const how = mendable ? 'Accept their repairs, or mend the files and import them again.' : 'Some have no repair: what each asks for is said with it.'
  return { tone: 'stop', text: `${few(blocking, 'finding stops', 'findings stop')} the import. ${how} Nothing of the plan was changed.` }
}
