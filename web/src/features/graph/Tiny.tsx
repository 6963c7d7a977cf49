import { memo } from 'react'
import type { StepStateName } from '../../lib/states'
import { stateColor } from '../../ui/StateMark'
import classes from './graph.module.css'
import type { Edge, Rect, StepBox } from './layout'

const rect = ({ x, y, width, height }: StepBox): string => `M${x} ${y}h${width}v${height}h${-width}z`

/** The middle of a box, with as much room as a sign has. */
const sign = (draw: (x: number, y: number, r: number) => string) => ({ x, y, width, height }: Rect): string => draw(x + width / 2, y + height / 2, height * 0.34)

/** A shape in each state beside its colour; what waits has none. */
const signPath: Partial<Record<StepStateName, (box: Rect) => string>> = {
  complete: sign((x, y, r) => `M${x - r} ${y}l${0.7 * r} ${0.8 * r}l${1.3 * r} ${-1.6 * r}`),
  in_progress: sign((x, y, r) => `M${x - 0.7 * r} ${y - r}l${1.7 * r} ${r}l${-1.7 * r} ${r}z`),
  verifying: sign((x, y, r) => `M${x - r} ${y - r}h${2 * r}l${-2 * r} ${2 * r}h${2 * r}z`),
  blocked: sign((x, y, r) => `M${x - 0.6 * r} ${y - r}v${2 * r}M${x + 0.6 * r} ${y - r}v${2 * r}`),
  failed: sign((x, y, r) => `M${x - r} ${y - r}l${2 * r} ${2 * r}M${x + r} ${y - r}l${-2 * r} ${2 * r}`),
  skipped: sign((x, y, r) => `M${x - r} ${y - r}l${r} ${r}l${-r} ${r}M${x + 0.2 * r} ${y - r}l${r} ${r}l${-r} ${r}`),
  cancelled: sign((x, y, r) => `M${x - 2 * r} ${y}h${4 * r}`),
  activated: sign((x, y, r) => `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`),
}

/** Thousands of steps seen from far: one shape for each state, and one for what is critical. */
export const TinySteps = memo(function TinySteps({ steps }: { steps: readonly StepBox[] }) {
  const shapes = new Map<StepStateName, string[]>()
  for (const box of steps) {
    const known = shapes.get(box.step.state)
    if (known) known.push(rect(box))
    else shapes.set(box.step.state, [rect(box)])
  }
  return (
    <g className={classes.tiny}>
      {[...shapes].map(([state, paths]) => <path key={state} d={paths.join('')} style={{ fill: stateColor(state) }} fillOpacity={state === 'not_ready' ? 0.3 : 0.7} />)}
      <path className={classes.tinySigns} d={steps.map(({ step, ...box }) => signPath[step.state]?.(box) ?? '').join('')} />
      <path className={classes.tinyCritical} d={steps.filter(({ step }) => step.critical).map(rect).join('')} />
    </g>
  )
})

export const TinyEdges = memo(function TinyEdges({ edges }: { edges: readonly Edge[] }) {
  const draw = (some: readonly Edge[]) => some.map(({ path }) => path).join('')
  return (
    <>
      <path className={classes.line} d={draw(edges.filter(({ critical }) => !critical))} />
      <g className={classes.edge} data-critical><path className={classes.line} d={draw(edges.filter(({ critical }) => critical))} /></g>
    </>
  )
})
