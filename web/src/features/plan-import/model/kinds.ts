/** Kinds of findings: in which order they are read, and what each asks of a person. Pure. */
import type { FindingKind, PlanImport } from '../../../api/types'
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
  unknown_type: 'becomes a type of this plan, which acts as work, unless its repair is accepted',
  team_variant: 'is a team of its own unless its repair is accepted',
}

export type Wanted = 'all' | 'replaced' | 'dropped'

/** Of links that cannot stand: those that get another predecessor, and those that only go; null for what has no halves. */
export function halvesOf({ count, replaced }: FindingKind): { value: Wanted; label: string }[] | null {
  if (replaced === null || replaced === 0 || replaced === count) return null
  const halves: [Wanted, string, number][] = [['all', 'All', count], ['replaced', 'Another predecessor', replaced], ['dropped', 'Nothing in its place', count - replaced]]
  return halves.map(([value, word, n]) => ({ value, label: `${word} ${n.toLocaleString('en')}` }))
}

const links = (n: number): string => few(n, 'link is dropped with nothing in its place', 'links are dropped with nothing in their place')

/** What becomes of links that cannot stand, in both numbers. */
function standingOfLinks(count: number, replaced: number, accepted: boolean): string {
  if (replaced === 0) return links(count)
  const rest = count > replaced ? `${links(count - replaced)}; ` : ''
  const others = few(replaced, accepted ? 'gets another predecessor' : 'would get another predecessor if the repair is accepted', accepted ? 'get another predecessor' : 'would get another predecessor if the repair is accepted')
  return rest + others
}

/** Kinds that are counted as written too, under the same name: the numbers differ where a repaired code changes who is meant. */
const alsoWritten = ['self_predecessor', 'unknown_predecessor', 'task_not_under_its_step']

export function besideWritten({ code, count }: FindingKind, counts: Readonly<Record<string, number>>): string {
  const written = alsoWritten.includes(code) ? counts[code] : undefined
  return written === undefined || written === count ? '' : ` As written: ${written.toLocaleString('en')}; repaired codes change who is meant.`
}

/** What the files' steps lack that is no defect, in sentences. */
export function lackingOf(lacking: PlanImport['lacking']): string[] {
  if (lacking === null) return []
  const said = (n: number, what: string, so: string) => (n === 0 ? [] : [`${few(n, 'step has', 'steps have')} no ${what}: ${so}.`])
  return [...said(lacking.noDuration, 'duration', 'their times are 0 until you plan them'), ...said(lacking.noTeam, 'team', 'nobody is told of them')]
}

/** What stands with a kind now: how many stop the import, how many are mended, what nobody can do for one. */
export function standing({ code, count, blocking, mended, repairs, always, replaced, accepted }: FindingKind): string {
  if (always) return 'applied, because it cannot stand as written'
  if (replaced !== null) return standingOfLinks(count, replaced, accepted)
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
  const one = blocking === 1
  const how = mendable
    ? `Accept ${one ? 'its repair' : 'their repairs'}, or mend the files and import them again.`
    : one ? 'It has no repair: what it asks for is said with it.' : 'Some have no repair: what each asks for is said with it.'
  return { tone: 'stop', text: `${few(blocking, 'finding stops', 'findings stop')} the import. ${how} Nothing of the plan was changed.` }
}
