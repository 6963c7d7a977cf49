import { expect, test } from 'vitest'
import { fitted, zoomed } from './usePanZoom'

const room = { width: 1000, height: 600 }

test('all of it is all of it, however large', () => {
  for (const paper of [{ width: 20_000, height: 3_000 }, { width: 90_000, height: 400 }, { width: 300, height: 80_000 }]) {
    const { k, x, y } = fitted(paper, room)
    expect(paper.width * k).toBeLessThanOrEqual(room.width + 1e-6)
    expect(paper.height * k).toBeLessThanOrEqual(room.height + 1e-6)
    expect([x >= -1e-6, y >= -1e-6]).toEqual([true, true])
  }
})

test('what is too large to be read opens around a point, and gives no room away beside it', () => {
  const paper = { width: 10_000, height: 400 }
  const at = (x: number) => fitted(paper, room, 0.8, { x, y: 200 })
  expect(at(5_000).x).toBe(500 - 4_000)
  expect(at(100).x).toBe(0)
  expect(at(9_900).x).toBe(1_000 - 8_000)
  expect(fitted(paper, room, 0.8).x).toBe(0)
})

test('one can zoom out as far as all of it', () => {
  expect(zoomed({ x: 0, y: 0, k: 0.1 }, 0.1, 0, 0, 0.02).k).toBe(0.02)
  expect(zoomed({ x: 0, y: 0, k: 0.1 }, 0.1, 0, 0).k).toBe(0.08)
})
