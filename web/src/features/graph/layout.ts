/** Where the boxes of the graph stand, left to right by what comes first. Pure; pixels at 100 %. */
import { layersOf, orderedLayers } from '../../ui/network/layers'
import { homesOf, type Tie, tiesOf } from './ties'
import type { GraphChapter, GraphStep, LinkKind, Network } from './types'

export const chapterSize = { width: 216, height: 66 }
export const stepSize = { width: 188, height: 42 }
export const frameHead = 30
const frameMargin = 14
const gap = { x: 64, y: 20 }
const inner = { x: 46, y: 12 }
const margin = 24

export interface Rect { x: number; y: number; width: number; height: number }
export interface Box extends Rect { code: string; chapter: GraphChapter; open: boolean }
export interface StepBox extends Rect { code: string; step: GraphStep }
export interface Edge extends Tie { path: string; bounds: Rect; labelX: number; labelY: number }
export interface Drawn { boxes: Box[]; steps: StepBox[]; edges: Edge[]; width: number; height: number }

interface Sized { code: string; width: number; height: number }

/** Columns of things of any size, each column centred on the tallest; wide ones push the next column on. */
export function columnsOf(columns: readonly (readonly Sized[])[], gaps: { x: number; y: number }): { places: Map<string, { x: number; y: number }>; width: number; height: number } {
  const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height + gaps.y, -gaps.y))
  const height = Math.max(0, ...heights)
  const places = new Map<string, { x: number; y: number }>()
  let x = 0
  columns.forEach((column, i) => {
    let y = (height - (heights[i] ?? 0)) / 2
    for (const one of column) {
      places.set(one.code, { x, y })
      y += one.height + gaps.y
    }
    x += Math.max(0, ...column.map(({ width }) => width)) + gaps.x
  })
  return { places, width: Math.max(0, x - gaps.x), height }
}

/** Only so many stand below each other: a column of fifty would be a thread. */
const tallest = 12

const split = <T>(columns: readonly (readonly T[])[]): T[][] =>
  columns.flatMap((column) => Array.from({ length: Math.ceil(column.length / tallest) }, (_, i) => column.slice(i * tallest, (i + 1) * tallest)))

/** The steps of one chapter by the longest way within it, from its own corner on. */
export function insideOf({ steps }: GraphChapter): { places: Map<string, { x: number; y: number }>; width: number; height: number } {
  const codes = steps.map(({ code }) => code)
  const known = new Set(codes)
  const lines = steps.flatMap((step) => step.links.filter(({ code }) => known.has(code)).map(({ code }) => ({ from: code, to: step.code })))
  const columns = split(orderedLayers(codes, lines, layersOf(codes, lines)))
  return columnsOf(columns.map((column) => column.map((code) => ({ code, ...stepSize }))), inner)
}

/** Longer than the way from one column to the next but one. */
const longLine = 300

/** From the end or start of one box to the start or end of the other, as the kind says. */
export function edgePath(a: Rect, b: Rect, kind: LinkKind): Pick<Edge, 'path' | 'bounds' | 'labelX' | 'labelY'> {
  const leaves = kind === 'FS' || kind === 'FF'
  const arrives = kind === 'FS' || kind === 'SS'
  const [x1, y1] = [leaves ? a.x + a.width : a.x, a.y + a.height / 2]
  const [x2, y2] = [arrives ? b.x : b.x + b.width, b.y + b.height / 2]
  const reach = Math.max(24, Math.min(110, Math.abs(x2 - x1) / 2))
  const [c1, c2] = [x1 + (leaves ? reach : -reach), x2 + (arrives ? -reach : reach)]
  const [left, right] = [Math.min(x1, x2, c1, c2), Math.max(x1, x2, c1, c2)]
  // A long flat line would lie behind the boxes between: it goes over them.
  const bow = x2 - x1 > longLine && Math.abs(y2 - y1) < 80 ? Math.min(150, (x2 - x1) / 8) : 0
  const [top, bottom] = [Math.min(y1, y2) - bow, Math.max(y1, y2)]
  return {
    path: `M${x1} ${y1}C${c1} ${y1 - bow} ${c2} ${y2 - bow} ${x2} ${y2}`, labelX: (x1 + 3 * c1 + 3 * c2 + x2) / 8, labelY: (y1 + y2) / 2 - 0.75 * bow,
    bounds: { x: left, y: top, width: right - left, height: bottom - top },
  }
}

/** The whole drawing: chapters folded into boxes, or unfolded into their steps. */
export function drawingOf(network: Network, open: ReadonlySet<string>): Drawn {
  const homes = homesOf(network)
  const insides = new Map(network.chapters.filter(({ code, steps }) => open.has(code) && steps.length > 0).map((chapter) => [chapter.code, insideOf(chapter)]))
  const codes = network.chapters.map(({ code }) => code)
  const outer = tiesOf(network, (code) => homes.get(code))
  const sizes = new Map(network.chapters.map(({ code }): [string, Sized] => {
    const inside = insides.get(code)
    return [code, inside ? { code, width: Math.max(chapterSize.width, inside.width + 2 * frameMargin), height: inside.height + frameHead + frameMargin } : { code, ...chapterSize }]
  }))
  const columns = split(orderedLayers(codes, outer, layersOf(codes, outer))).map((column) => column.flatMap((code) => sizes.get(code) ?? []))
  const { places, width, height } = columnsOf(columns, gap)
  const boxes = network.chapters.map((chapter): Box => {
    const at = places.get(chapter.code) ?? { x: 0, y: 0 }
    const size = sizes.get(chapter.code) ?? chapterSize
    return { code: chapter.code, chapter, open: insides.has(chapter.code), x: at.x + margin, y: at.y + margin, width: size.width, height: size.height }
  })
  const steps = boxes.flatMap((box) => box.chapter.steps.flatMap((step): StepBox[] => {
    const at = insides.get(box.code)?.places.get(step.code)
    return at ? [{ code: step.code, step, x: box.x + frameMargin + at.x, y: box.y + frameHead + at.y, ...stepSize }] : []
  }))
  const drawn = new Map<string, Rect>([...boxes, ...steps].map((one) => [one.code, one]))
  const ties = tiesOf(network, (code) => (drawn.has(code) ? code : homes.get(code)))
  const edges = ties.flatMap((tie): Edge[] => {
    const [a, b] = [drawn.get(tie.from), drawn.get(tie.to)]
    return a && b ? [{ ...tie, ...edgePath(a, b, tie.kind) }] : []
  })
  return { boxes, steps, edges, width: width + 2 * margin, height: height + 2 * margin }
}

const meets = (a: Rect, b: Rect): boolean => a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height

/** What of the drawing lies within a part of the paper. */
export function within({ boxes, steps, edges, width, height }: Drawn, part: Rect): Drawn {
  return {
    boxes: boxes.filter((box) => meets(box, part)), steps: steps.filter((step) => meets(step, part)), edges: edges.filter(({ bounds }) => meets(bounds, part)), width, height,
  }
}
