import { describe, expect, it } from 'vitest'
import { layersOf, orderedLayers } from './layers'

const letters = (word: string): string[] => word.split(/(?=.)/)
const lines = (...pairs: string[]) => pairs.map((pair) => ({ from: pair[0] ?? '', to: pair[1] ?? '' }))

describe('layers', () => {
  it('are by the longest way', () => {
    const layers = layersOf(letters('abcd'), lines('ab', 'bc', 'ac', 'cd', 'ad'))
    expect(letters('abcd').map((code) => layers.get(code))).toEqual([0, 1, 2, 3])
  })
  it('leave what is tied to nothing at the left, and lines to elsewhere out', () => {
    const layers = layersOf(letters('abx'), lines('ab', 'zb', 'bz'))
    expect(letters('abx').map((code) => layers.get(code))).toEqual([0, 1, 0])
  })
  it('end also where lines close a circle', () => {
    const layers = layersOf(letters('abc'), lines('ab', 'bc', 'ca'))
    expect(layers.get('a')).toBe(0)
    expect(layers.get('c')).toBe(2)
  })
  it('are ordered so that lines do not cross where they need not', () => {
    const all = letters('abcxyz')
    const ties = lines('az', 'by', 'cx')
    expect(orderedLayers(all, ties, layersOf(all, ties))).toEqual([['a', 'b', 'c'], ['z', 'y', 'x']])
  })
})
