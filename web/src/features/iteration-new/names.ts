import type { IterationKind } from '../../api/types'

const stem: Record<IterationKind, string> = { run: 'RUN', dress_rehearsal: 'DR', cutover: 'CUTOVER' }

/** RUN1, DR2, CUTOVER: the next name of its kind that is free. */
export function nextName(kind: IterationKind, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toUpperCase()))
  if (kind === 'cutover' && !used.has(stem.cutover)) return stem.cutover
  for (let n = kind === 'cutover' ? 2 : 1; ; n += 1) {
    if (!used.has(`${stem[kind]}${n}`)) return `${stem[kind]}${n}`
  }
}
