import { memo } from 'react'
import type { StepStateName } from '../../lib/states'
import { stateColor } from '../../ui/StateMark'
import classes from './graph.module.css'
import type { Edge, StepBox } from './layout'

const rect = ({ x, y, width, height }: StepBox): string => `M${x} ${y}h${width}v${height}h${-width}z`

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
