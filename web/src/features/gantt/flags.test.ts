import { describe, expect, it } from 'vitest'
import { type Flag, flagsIn } from './flags'

const flag = (x: number, text: string, kind: Flag['kind'] = 'return'): Flag => ({ key: text, kind, x, text })
const apart = (width: number, ...flags: Flag[]) => {
  const { placed, lanes } = flagsIn(flags, width)
  for (const one of placed) {
    expect(one.left).toBeGreaterThanOrEqual(0)
    expect(one.left + one.width).toBeLessThanOrEqual(width)
    for (const other of placed) if (other !== one && other.lane === one.lane) expect(one.left >= other.left + other.width || other.left >= one.left + one.width).toBe(true)
  }
  return { placed, lanes }
}

describe('the names of moments', () => {
  it('share a lane where there is room, and no place', () => {
    expect(apart(1000, flag(100, 'point of no return TRT-0410'), flag(500, 'window ends')).lanes).toBe(1)
    expect(apart(1000, flag(100, 'point of no return TRT-0410'), flag(140, 'last safe decision'), flag(180, 'window ends')).lanes).toBe(3)
  })
  it('stand before their line at the right edge', () => {
    const [one] = apart(300, flag(290, 'window ends')).placed
    expect(one).toMatchObject({ before: true, lane: 0 })
    expect((one?.left ?? 0) + (one?.width ?? 0)).toBeCloseTo(290)
  })
  it('stay within a narrow paper whatever their length', () => {
    apart(120, flag(60, 'point of no return TRT-0410'), flag(70, 'window ends'), flag(118, 'last safe decision'))
  })
})
