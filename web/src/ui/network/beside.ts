/** Going about in a drawing with the arrow keys. Pure. */

export interface Placed { x: number; y: number }
export type Way = readonly [dx: number, dy: number]

export const arrowWays: Readonly<Record<string, Way>> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }

/** The nearest node that way: what lies straight ahead counts for more than what is beside. */
export function nodeBeside<T extends Placed>(nodes: readonly T[], from: Placed, [dx, dy]: Way): T | undefined {
  const cost = ({ x, y }: Placed) => {
    const [ahead, aside] = dx === 0 ? [(y - from.y) * dy, Math.abs(x - from.x)] : [(x - from.x) * dx, Math.abs(y - from.y)]
    return ahead <= 4 ? Number.POSITIVE_INFINITY : ahead + 2 * aside
  }
  const [best] = nodes.filter((node) => Number.isFinite(cost(node))).toSorted((a, b) => cost(a) - cost(b))
  return best
}
