import { describe, expect, it } from 'vitest'
import { linkTo, sampleChapter, samplePhase, samplePlan, sampleStep } from '../model/sample'
import { chapterDrawing, nodeHeight, nodeWidth, overviewDrawing } from './layout'

function planOf(...chapters: ReturnType<typeof sampleChapter>[]) {
  return { ...samplePlan(), macroPhases: [samplePhase('P', chapters)] }
}

describe('the drawing of a chapter', () => {
  const chapter = sampleChapter('C', [
    sampleStep('A'), sampleStep('B', { after: [linkTo('A'), linkTo('X-1', 'SS', 600)] }), sampleStep('D', { after: [linkTo('A', 'SS', 300), linkTo('B')] }),
  ])
  const other = sampleChapter('O', [sampleStep('X-1'), sampleStep('X-2', { after: [linkTo('D')] })])
  const drawn = chapterDrawing(planOf(chapter, other), chapter)
  const node = (code: string) => drawn.nodes.find((one) => one.code === code)

  it('goes from left to right', () => {
    expect(node('A')?.x).toBeLessThan(node('B')?.x ?? 0)
    expect(node('B')?.x).toBeLessThan(node('D')?.x ?? 0)
  })
  it('writes kind and lag where a link is not plain', () => {
    expect(drawn.edges.map(({ from, to, note }) => `${from}>${to} ${note}`.trim()).toSorted()).toEqual(['A>B', 'A>D SS +5m', 'B>D'])
  })
  it('has links to other chapters as stubs, on the side they come from', () => {
    expect(node('B')?.ins).toEqual([{ code: 'X-1', note: 'SS +10m' }])
    expect(node('D')?.outs).toEqual([{ code: 'X-2', note: '' }])
  })
  it('lays no node over another, with sixty steps too', () => {
    const many = sampleChapter('M', Array.from({ length: 60 }, (_, i) => sampleStep(`S-${i}`, { after: i % 3 === 0 ? [] : [linkTo(`S-${i - 1}`)] })))
    const { nodes } = chapterDrawing(planOf(many), many)
    const over = nodes.filter((a, i) => nodes.some((b, j) => j > i && Math.abs(a.x - b.x) < nodeWidth && Math.abs(a.y - b.y) < nodeHeight))
    expect(nodes).toHaveLength(60)
    expect(over).toEqual([])
  })
})

describe('the overview', () => {
  it('has a lane for each macro-phase and a line where chapters are tied, also by their steps', () => {
    const drawn = overviewDrawing(planOf(sampleChapter('C1', [sampleStep('A')]), sampleChapter('C2', [sampleStep('B', { after: [linkTo('A')] })], { after: [linkTo('C1', 'SS')] })))
    expect(drawn.lanes.map(({ code }) => code)).toEqual(['P'])
    expect(drawn.edges.map(({ from, to, note }) => `${from}>${to} ${note}`)).toEqual(['C1>C2 SS'])
  })
  it('counts the links that two chapters are tied by', () => {
    const drawn = overviewDrawing(planOf(sampleChapter('C1', [sampleStep('A'), sampleStep('B')]), sampleChapter('C2', [sampleStep('D', { after: [linkTo('A'), linkTo('B')] })])))
    expect(drawn.edges[0]?.note).toBe('2 links')
  })
  it('keeps every chapter within its lane', () => {
    const plan = planOf(...Array.from({ length: 20 }, (_, i) => sampleChapter(`C${i}`, [])))
    const { lanes, nodes } = overviewDrawing(plan)
    const [lane] = lanes
    expect(nodes.every(({ x, y }) => lane !== undefined && x >= lane.x && y >= lane.y && x + nodeWidth <= lane.x + lane.width && y + nodeHeight <= lane.y + lane.height)).toBe(true)
  })
})
