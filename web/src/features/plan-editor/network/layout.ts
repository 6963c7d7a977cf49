/** Where nodes, lines and stubs of a network stand on the paper. Pure; the units are pixels at 100 %. */
import type { PlanChapter, PlanLink, PlanStep, PlanWhole } from '../../../api/plan'
import type { Behaviour, LinkKind } from '../../../api/types'
import { durationText } from '../model/durations'
import { linkNote } from '../model/links'
import { indexOf, type PlanIndex } from '../model/tree'
import { layersOf, orderedLayers } from '../../../ui/network/layers'

export const nodeWidth = 192
export const nodeHeight = 44
const gapX = 68
const stubGapX = 186
const gapY = 16
const stubHeight = 17
export const stubsShown = 3

/** A link to something outside of what is drawn: its code leads there. */
export interface Stub { code: string; note: string }
export interface Node {
  code: string
  name: string
  detail: string
  behaviour: Behaviour | null
  dormant: boolean
  x: number
  y: number
  ins: Stub[]
  outs: Stub[]
}
/** `across` = it leads out of one lane into another. */
export interface Edge { from: string; to: string; kind: LinkKind; note: string; path: string; labelX: number; labelY: number; across?: boolean }
export interface Lane { code: string; name: string; note: string; x: number; y: number; width: number; height: number }
export interface Drawn { nodes: Node[]; edges: Edge[]; lanes: Lane[]; width: number; height: number }

interface Tie { from: string; to: string; kind: LinkKind; note: string }
type Box = Pick<Node, 'code' | 'x' | 'y'>

/** A line between two boxes: from the end or start of one to the start or end of the other, as its kind says. */
export function edgeBetween(a: Box, b: Box, { from, to, kind, note }: Tie): Edge {
  const leaves = kind === 'FS' || kind === 'FF'
  const arrives = kind === 'FS' || kind === 'SS'
  const [x1, y1] = [leaves ? a.x + nodeWidth : a.x, a.y + nodeHeight / 2]
  const [x2, y2] = [arrives ? b.x : b.x + nodeWidth, b.y + nodeHeight / 2]
  const reach = Math.max(26, Math.min(90, Math.abs(x2 - x1) / 2))
  const c1 = x1 + (leaves ? reach : -reach)
  const c2 = x2 + (arrives ? -reach : reach)
  return {
    from, to, kind, note, path: `M${x1} ${y1} C${c1} ${y1} ${c2} ${y2} ${x2} ${y2}`,
    labelX: (x1 + 3 * c1 + 3 * c2 + x2) / 8, labelY: (y1 + y2) / 2,
  }
}

const heightOf = ({ ins, outs }: Pick<Node, 'ins' | 'outs'>): number =>
  Math.max(nodeHeight, Math.min(Math.max(ins.length, outs.length), stubsShown + 1) * stubHeight)

/** Gives the nodes of each column their places, each column centred on the tallest. */
function placed(columns: readonly (readonly Omit<Node, 'x' | 'y'>[])[], top: number, left: number): { nodes: Node[]; width: number; height: number } {
  const heights = columns.map((column) => column.reduce((sum, node) => sum + heightOf(node) + gapY, -gapY))
  const height = Math.max(0, ...heights)
  const nodes: Node[] = []
  let x = left
  columns.forEach((column, i) => {
    const room = column.some(({ ins }) => ins.length > 0) || (columns[i - 1] ?? []).some(({ outs }) => outs.length > 0)
    if (i > 0) x += room ? stubGapX : gapX
    else if (room) x += 92
    let y = top + (height - (heights[i] ?? 0)) / 2
    for (const node of column) {
      const tall = heightOf(node)
      nodes.push({ ...node, x, y: y + (tall - nodeHeight) / 2 })
      y += tall + gapY
    }
    x += nodeWidth
  })
  const trailing = (columns.at(-1) ?? []).some(({ outs }) => outs.length > 0) ? 96 : 0
  return { nodes, width: x + trailing - left, height }
}

function edgesOf(nodes: readonly Node[], ties: readonly Tie[]): Edge[] {
  const boxes = new Map(nodes.map((node) => [node.code, node]))
  return ties.flatMap((tie) => {
    const [a, b] = [boxes.get(tie.from), boxes.get(tie.to)]
    return a && b ? [edgeBetween(a, b, tie)] : []
  })
}

const stub = (link: PlanLink): Stub => ({ code: link.code, note: linkNote(link) })

function stepNode(step: PlanStep, inside: ReadonlySet<string>, index: PlanIndex, dormant: boolean): Omit<Node, 'x' | 'y'> {
  const outside = (link: PlanLink) => !inside.has(link.code)
  return {
    code: step.code, name: step.name, behaviour: step.behaviour, dormant,
    detail: [step.team ?? '', durationText(step.durationSeconds)].filter((part) => part !== '').join(' · '),
    ins: step.after.filter(outside).map(stub), outs: (index.next.get(step.code) ?? []).filter(outside).map(stub),
  }
}

const margin = 20

/** The steps of a chapter by the longest way within it; links to elsewhere as stubs. */
export function chapterDrawing(plan: PlanWhole, chapter: PlanChapter): Drawn {
  const index = indexOf(plan)
  const inside = new Set(chapter.steps.map(({ code }) => code))
  const ties = chapter.steps.flatMap((step) =>
    step.after.filter(({ code }) => inside.has(code)).map((link): Tie => ({ from: link.code, to: step.code, kind: link.kind, note: linkNote(link) })),
  )
  const codes = [...inside]
  const nodes = new Map(chapter.steps.map((step) => [step.code, stepNode(step, inside, index, chapter.rollback)]))
  const columns = orderedLayers(codes, ties, layersOf(codes, ties)).map((column) => column.flatMap((code) => nodes.get(code) ?? []))
  const { nodes: at, width, height } = placed(columns, margin, margin)
  return { nodes: at, edges: edgesOf(at, ties), lanes: [], width: width + 2 * margin, height: height + 2 * margin }
}

/** Which chapter each code stands in or is; macro-phases stand in none. */
function homes({ macroPhases }: PlanWhole): Map<string, string> {
  return new Map(macroPhases.flatMap(({ chapters }) => chapters.flatMap(({ code, steps }) => [[code, code] as const, ...steps.map((step) => [step.code, code] as const)])))
}

/** Ties between chapters: their own links, and those of the steps in them, counted. */
function chapterTies(plan: PlanWhole): Tie[] {
  const home = homes(plan)
  const counts = new Map<string, { from: string; to: string; links: PlanLink[]; own: PlanLink | null }>()
  const add = (to: string, link: PlanLink, own: boolean) => {
    const from = home.get(link.code)
    if (from === undefined || from === to) return
    const tie = counts.get(`${from} ${to}`) ?? { from, to, links: [], own: null }
    tie.links.push(link)
    if (own && link.code === from) tie.own = link
    counts.set(`${from} ${to}`, tie)
  }
  for (const { chapters } of plan.macroPhases) for (const chapter of chapters) {
    for (const link of chapter.after) add(chapter.code, link, true)
    for (const step of chapter.steps) for (const link of step.after) add(chapter.code, link, false)
  }
  return [...counts.values()].map(({ from, to, links, own }) => {
    const kind = own?.kind ?? 'FS'
    const note = own ? linkNote(own) : links.length > 1 ? `${links.length} links` : linkNote(links[0] ?? { kind: 'FS', lagSeconds: 0 })
    return { from, to, kind, note }
  })
}

const laneHead = 30
const laneGap = 14
const columnMost = 6

/** A column that would be too tall stands as several beside each other. */
const split = <T>(columns: readonly T[][]): T[][] =>
  columns.flatMap((column) => Array.from({ length: Math.ceil(column.length / columnMost) }, (_, i) => column.slice(i * columnMost, (i + 1) * columnMost)))

/** All chapters, a lane for each macro-phase, from left to right in each. */
export function overviewDrawing(plan: PlanWhole): Drawn {
  const ties = chapterTies(plan)
  const nodes: Node[] = []
  const lanes: Lane[] = []
  let y = margin
  for (const phase of plan.macroPhases) {
    const codes = phase.chapters.map(({ code }) => code)
    const heads = new Map(phase.chapters.map((chapter) => [chapter.code, {
      code: chapter.code, name: chapter.name, detail: `${chapter.steps.length} ${chapter.steps.length === 1 ? 'step' : 'steps'}${chapter.rollback ? ' · rollback' : ''}`,
      behaviour: null, dormant: chapter.rollback, ins: [], outs: [],
    }]))
    const columns = split(orderedLayers(codes, ties, layersOf(codes, ties)).map((column) => column.flatMap((code) => heads.get(code) ?? [])))
    const { nodes: at, width, height } = placed(columns, y + laneHead + 8, margin + 12)
    const after = phase.after.map((link) => [link.code, linkNote(link)].filter((part) => part !== '').join(' ')).join(', ')
    nodes.push(...at)
    lanes.push({ code: phase.code, name: phase.name, note: after === '' ? '' : `after ${after}`, x: margin, y, width: Math.max(width, 0) + 24, height: height + laneHead + 20 })
    y += height + laneHead + 20 + laneGap
  }
  const laneOf = new Map(plan.macroPhases.flatMap(({ code, chapters }) => chapters.map((one) => [one.code, code] as const)))
  const edges = edgesOf(nodes, ties).map((edge) => ({ ...edge, across: laneOf.get(edge.from) !== laneOf.get(edge.to) }))
  const width = Math.max(320, ...lanes.map((lane) => lane.width))
  return { nodes, edges, lanes: lanes.map((lane) => ({ ...lane, width })), width: width + 2 * margin, height: y - laneGap + margin }
}
