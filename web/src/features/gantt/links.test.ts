import { describe, expect, it } from 'vitest'
import { linksOf, type Sheet } from './drawn'
import { arrowPath, linkPath } from './links'
import { ofHour, type Scale } from './scale'
import type { GanttRow } from './types'

const hour = 3_600_000
const scale: Scale = { start: 0, end: 100 * hour, k: ofHour(10) }

const row = (code: string, start: number, end: number, change: Partial<GanttRow> = {}): GanttRow => ({
  id: code, kind: 'step', code, name: code, folded: false, state: 'not_ready', word: 'Not ready', planned: [start * hour, end * hour], baseline: null, forecast: null, actual: null,
  running: false, p80: null, critical: false, near: 0, late: false, atRisk: false, assumed: false, dormant: false, pointOfNoReturn: false, delaySeconds: null, over: false, links: [],
  ...change,
})
const after = (code: string, kind: 'FS' | 'SS' | 'FF' | 'SF' = 'FS') => [{ code, kind, note: '' }]

function sheet(...rows: GanttRow[]): Sheet {
  const at = (index: number): GanttRow => {
    const found = rows[index]
    if (!found) throw new RangeError('no such row')
    return found
  }
  return { count: rows.length, rowAt: at, placeOf: new Map(rows.map(({ code }, i) => [code, i])), rowHeight: 30, top: 40 }
}
const lines = (path: string): number => path.split('M').length - 1

describe('a link', () => {
  const [a, b] = [{ from: 10, to: 50, y: 15 }, { from: 90, to: 120, y: 45 }]
  it('from end to start goes along and then down into the bar', () => {
    expect(linkPath('FS', a, b, 30)).toBe('M50 15H93V35')
    expect(arrowPath('FS', a, b)).toContain('M93 39')
  })
  it('goes up where what comes first stands below', () => {
    expect(linkPath('FS', { ...a, y: 75 }, b, 30)).toBe('M50 75H93V55')
  })
  it('that goes back in time leads round between the rows', () => {
    expect(linkPath('FS', { from: 10, to: 150, y: 15 }, b, 30)).toBe('M150 15H157V30H83V45H86')
  })
  it('ties the ends that its kind names', () => {
    expect(linkPath('SS', a, b, 30)).toMatch(/^M10 15H.*H86$/)
    expect(linkPath('FF', a, b, 30)).toMatch(/^M50 15H127V45H124$/)
    expect(linkPath('SF', a, b, 30)).toMatch(/^M10 15H.*H124$/)
  })
})

describe('what is drawn', () => {
  const rows = [row('A', 0, 1), row('B', 1, 2, { links: after('A') }), row('C', 2, 3, { links: after('B'), critical: true }), row('D', 3, 4, { links: after('A'), critical: true })]
  it('is what both ends are on screen of', () => {
    const drawn = linksOf(sheet(...rows), scale, 1, 3, -1, [])
    expect([lines(drawn.plain), lines(drawn.critical), lines(drawn.chosen)]).toEqual([1, 0, 0])
  })
  it('is critical where both are', () => {
    const drawn = linksOf(sheet(row('A', 0, 1, { critical: true }), row('B', 1, 2, { critical: true, links: after('A') })), scale, 0, 1, -1, [])
    expect([lines(drawn.plain), lines(drawn.critical)]).toEqual([0, 1])
  })
  it('is everything of the chosen row, on screen or not', () => {
    const drawn = linksOf(sheet(...rows), scale, 1, 2, 0, ['B', 'D'])
    expect(lines(drawn.chosen)).toBe(2)
  })
  it('is nothing from a row to itself: both ends may be in the same folded group', () => {
    const folded: Sheet = { ...sheet(row('G', 0, 1, { kind: 'chapter', links: after('X') })), placeOf: new Map([['G', 0], ['X', 0]]) }
    expect(linksOf(folded, scale, 0, 0, 0, ['X']).chosen).toBe('')
  })
  it('leaves out what nobody could follow any more, and never the critical path', () => {
    const many = Array.from({ length: 400 }, (_, i) => row(`S${String(i)}`, i / 8, i / 8 + 0.1, { links: i === 0 ? [] : after(`S${String(i - 1)}`), critical: i > 300 }))
    const drawn = linksOf(sheet(...many), scale, 0, 399, -1, [])
    expect(lines(drawn.plain)).toBe(160)
    expect(lines(drawn.critical)).toBe(98)
  })
})
