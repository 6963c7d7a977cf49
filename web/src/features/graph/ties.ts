/** Which boxes of the graph are tied to which. Pure. */
import type { GraphLink, LinkKind, Network } from './types'

/** A line between two boxes: one link, or many where boxes are folded. */
export interface Tie {
  from: string
  to: string
  kind: LinkKind
  note: string
  words: string
  critical: boolean
}

interface Raw { from: string; to: string; link: GraphLink; critical: boolean }

/** Chapter of each step's and chapter's code. */
export const homesOf = ({ chapters }: Network): Map<string, string> =>
  new Map(chapters.flatMap(({ code, steps }) => [[code, code] as const, ...steps.map((step) => [step.code, code] as const)]))

/** Every link, from what it names to what it leads into. */
function rawLinks({ phases, chapters }: Network): Raw[] {
  const critical = new Set(chapters.flatMap(({ steps }) => steps.filter((step) => step.critical).map(({ code }) => code)))
  const into = (to: string, links: readonly GraphLink[]) => links.map((link): Raw => ({ from: link.code, to, link, critical: critical.has(link.code) && critical.has(to) }))
  return [
    ...phases.flatMap(({ code, links }) => into(code, links)),
    ...chapters.flatMap(({ code, links, steps }) => [...into(code, links), ...steps.flatMap((step) => into(step.code, step.links))]),
  ]
}

/** Of each macro-phase the chapters that it begins with and ends with: what its own links are drawn to. */
function edgesOfPhases(network: Network, raw: readonly Raw[], homes: ReadonlyMap<string, string>): Map<string, { first: string[]; last: string[] }> {
  const phaseOf = new Map(network.chapters.map(({ code, phase }) => [code, phase]))
  const [entered, left] = [new Set<string>(), new Set<string>()]
  for (const { from, to } of raw) {
    const [a, b] = [homes.get(from), homes.get(to)]
    if (a === undefined || b === undefined || a === b || phaseOf.get(a) !== phaseOf.get(b)) continue
    left.add(a)
    entered.add(b)
  }
  return new Map(network.phases.map(({ code }) => {
    const own = network.chapters.filter(({ phase }) => phase === code).map((chapter) => chapter.code)
    const or = (some: string[]) => (some.length > 0 ? some : own)
    return [code, { first: or(own.filter((one) => !entered.has(one))), last: or(own.filter((one) => !left.has(one))) }] as const
  }))
}

function together(ties: readonly Raw[]): Tie {
  const [first] = ties
  const kinds = new Set(ties.map(({ link }) => link.kind))
  const many = ties.length > 1
  return {
    from: first?.from ?? '', to: first?.to ?? '', kind: kinds.size === 1 ? (first?.link.kind ?? 'FS') : 'FS', critical: ties.some(({ critical }) => critical),
    note: many ? `${String(ties.length)} links` : (first?.link.note ?? ''),
    words: many ? `${String(ties.length)} links` : (first?.link.words ?? ''),
  }
}

/** The ties between what is drawn: `boxOf` says in which box a step or chapter is drawn, its own or a folded chapter's. */
export function tiesOf(network: Network, boxOf: (code: string) => string | undefined): Tie[] {
  const homes = homesOf(network)
  const raw = rawLinks(network)
  const phases = edgesOfPhases(network, raw, homes)
  const found = new Map<string, Raw[]>()
  for (const one of raw) {
    for (const a of phases.get(one.from)?.last ?? [one.from]) for (const b of phases.get(one.to)?.first ?? [one.to]) {
      const [from, to] = [boxOf(a), boxOf(b)]
      if (from === undefined || to === undefined || from === to) continue
      const known = found.get(`${from} ${to}`)
      if (known) known.push({ ...one, from, to })
      else found.set(`${from} ${to}`, [{ ...one, from, to }])
    }
  }
  return [...found.values()].map(together)
}
