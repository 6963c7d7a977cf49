/** Putting a network into layers, left to right, and its nodes into an order that few lines cross. Pure. */

export interface Line { from: string; to: string }

/**
 * The layer of each node: the longest way to it from a node that nothing comes before. Where lines close a circle, as
 * those between chapters may, the node that stands first in the plan is taken as if nothing came before it.
 */
export function layersOf(codes: readonly string[], lines: readonly Line[]): Map<string, number> {
  const known = new Set(codes)
  const open = new Map(codes.map((code) => [code, 0]))
  const next = new Map<string, string[]>(codes.map((code) => [code, []]))
  for (const { from, to } of lines) {
    if (!known.has(from) || !known.has(to) || from === to) continue
    next.get(from)?.push(to)
    open.set(to, (open.get(to) ?? 0) + 1)
  }
  const layers = new Map<string, number>()
  const far = new Map(codes.map((code) => [code, 0]))
  const left = new Set(codes)
  while (left.size > 0) {
    const ready = [...left].filter((code) => open.get(code) === 0)
    for (const code of ready.length > 0 ? ready : [...left].slice(0, 1)) {
      left.delete(code)
      const layer = far.get(code) ?? 0
      layers.set(code, layer)
      for (const to of next.get(code) ?? []) {
        if (!left.has(to)) continue
        far.set(to, Math.max(far.get(to) ?? 0, layer + 1))
        open.set(to, (open.get(to) ?? 1) - 1)
      }
    }
  }
  return layers
}

const sweeps = 6

/** The nodes of each layer, ordered by where those they are tied to stand. */
export function orderedLayers(codes: readonly string[], lines: readonly Line[], layers: ReadonlyMap<string, number>): string[][] {
  const columns: string[][] = []
  for (const code of codes) (columns[layers.get(code) ?? 0] ??= []).push(code)
  const ties = new Map<string, string[]>(codes.map((code) => [code, []]))
  for (const { from, to } of lines) {
    ties.get(from)?.push(to)
    ties.get(to)?.push(from)
  }
  const place = new Map<string, number>()
  const note = (column: readonly string[]) => column.forEach((code, i) => place.set(code, i - (column.length - 1) / 2))
  columns.forEach(note)
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forward = sweep % 2 === 0
    for (const [at, column] of forward ? [...columns.entries()] : [...columns.entries()].reverse()) {
      const beside = (code: string) => (ties.get(code) ?? []).filter((other) => ((layers.get(other) ?? 0) < at) === forward && layers.get(other) !== at)
      const mean = new Map(column.map((code) => {
        const others = beside(code)
        return [code, others.length === 0 ? (place.get(code) ?? 0) : others.reduce((sum, other) => sum + (place.get(other) ?? 0), 0) / others.length] as const
      }))
      columns[at] = column.toSorted((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0))
      note(columns[at])
    }
  }
  return columns.map((column) => column)
}
