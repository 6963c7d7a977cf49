import { describe, expect, it } from 'vitest'
import { chapterSize, drawingOf, type Rect, within } from './layout'
import { tiesOf } from './ties'
import type { GraphChapter, GraphLink, GraphStep, Network } from './types'
import { partOf } from './useVisible'

const link = (code: string, kind: GraphLink['kind'] = 'FS'): GraphLink => ({ code, kind, note: kind === 'FS' ? '' : kind, words: kind })
const step = (code: string, links: GraphLink[] = [], critical = false): GraphStep => ({
  code, name: code, state: 'not_ready', word: 'Not ready', behaviour: 'work', dormant: false, late: false, critical, atRisk: false, links,
})
const chapter = (code: string, steps: GraphStep[], change: Partial<GraphChapter> = {}): GraphChapter => ({
  code, name: code, phase: 'P', dormant: false, mix: [], done: 0, total: steps.length, percent: 0, late: false, critical: false, links: [], steps, ...change,
})
const network = (...chapters: GraphChapter[]): Network => ({ phases: [{ code: 'P', name: 'P', links: [] }], chapters })

const apart = (a: Rect, b: Rect): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
const inside = (a: Rect, b: Rect): boolean => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height

const three = network(
  chapter('A', [step('A1', [], true), step('A2', [link('A1')])]), chapter('B', [step('B1', [link('A1')], true), step('B2', [link('A2')])]), chapter('C', [step('C1', [link('B1', 'SS')])]),
)

describe('folded', () => {
  const { boxes, steps, edges } = drawingOf(three, new Set())
  it('stands left to right by what comes first', () => {
    const x = (code: string) => boxes.find((box) => box.code === code)?.x ?? -1
    expect(x('A')).toBeLessThan(x('B'))
    expect(x('B')).toBeLessThan(x('C'))
    expect(steps).toEqual([])
  })
  it('counts the links of two chapters as one line, critical if one of them is', () => {
    expect(edges.map(({ from, to, note, critical }) => [from, to, note, critical])).toEqual([['A', 'B', '2 links', true], ['B', 'C', 'SS', false]])
  })
})

describe('unfolded', () => {
  it('has a frame around the steps, and lines to each of them', () => {
    const { boxes, steps, edges } = drawingOf(three, new Set(['B']))
    const frame = boxes.find(({ code }) => code === 'B')
    expect(steps.map(({ code }) => code)).toEqual(['B1', 'B2'])
    expect(frame && steps.every((one) => inside(one, frame))).toBe(true)
    expect(edges.map(({ from, to }) => `${from}>${to}`).toSorted()).toEqual(['A>B1', 'A>B2', 'B1>C'])
  })
  it('lays nothing over anything, with 1,200 steps too', () => {
    const many = network(...Array.from({ length: 60 }, (_, c) => chapter(`C${String(c)}`, Array.from({ length: 20 }, (_, s) =>
      step(`C${String(c)}-${String(s)}`, [...(s > 0 && s % 4 !== 0 ? [link(`C${String(c)}-${String(s - 1)}`)] : []), ...(c > 2 && s === 0 ? [link(`C${String(c - 3)}-19`)] : [])])))))
    const { boxes, steps } = drawingOf(many, new Set(many.chapters.map(({ code }) => code)))
    expect(steps).toHaveLength(1200)
    expect(boxes.every((a, i) => boxes.every((b, j) => j <= i || apart(a, b)))).toBe(true)
    for (const box of boxes) {
      const own = steps.filter(({ code }) => code.startsWith(`${box.code}-`))
      expect(own.every((a, i) => inside(a, box) && own.every((b, j) => j <= i || apart(a, b)))).toBe(true)
    }
  })
  it('ends where chapters wait for each other in a circle', () => {
    const circle = network(chapter('A', [step('A1', [link('B1')])]), chapter('B', [step('B1'), step('B2', [link('A1')])]))
    expect(drawingOf(circle, new Set()).boxes).toHaveLength(2)
  })
})

describe('links of whole groups', () => {
  it('lead from where one macro-phase ends to where the other begins', () => {
    const two: Network = {
      phases: [{ code: 'P', name: '', links: [] }, { code: 'Q', name: '', links: [link('P')] }],
      chapters: [chapter('A', []), chapter('B', [], { links: [link('A')] }), chapter('C', [], { phase: 'Q' }), chapter('D', [], { phase: 'Q', links: [link('C')] })],
    }
    expect(tiesOf(two, (code) => code).map(({ from, to }) => `${from}>${to}`).toSorted()).toEqual(['A>B', 'B>C', 'C>D'])
  })
})

describe('what is in sight', () => {
  const row = network(...Array.from({ length: 40 }, (_, i) => chapter(`C${String(i)}`, [], { links: i === 0 ? [] : [link(`C${String(i - 1)}`)] })))
  const drawn = drawingOf(row, new Set())
  it('is what lies within that part, and the lines that cross it', () => {
    const seen = within(drawn, { x: 0, y: 0, width: 3 * chapterSize.width, height: drawn.height })
    expect(seen.boxes.length).toBeLessThan(5)
    expect(seen.edges.length).toBeLessThan(6)
  })
  it('is the same part after a small move, so that nothing is drawn anew', () => {
    const room = { width: 1000, height: 600 }
    expect(partOf({ x: -300, y: -40, k: 1 }, room)).toEqual(partOf({ x: -310, y: -45, k: 1 }, room))
    const part = partOf({ x: -5000, y: -40, k: 0.5 }, room)
    expect([part.x <= 10_000, part.x + part.width >= 12_000]).toEqual([true, true])
  })
})
