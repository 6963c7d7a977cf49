import { memo } from 'react'
import classes from './graph.module.css'
import type { Edge } from './layout'

/** A link; pointed at, it says of what kind it is, and its lag. */
const EdgeLine = memo(function EdgeLine({ edge, lit }: { edge: Edge; lit: boolean }) {
  const { from, to, path, note, words, critical, labelX, labelY } = edge
  return (
    <g className={classes.edge} data-critical={critical || undefined} data-lit={lit || undefined}>
      <path className={classes.line} d={path} markerEnd={lit ? 'url(#graph-lit)' : critical ? 'url(#graph-critical)' : 'url(#graph-arrow)'} />
      <path className={classes.hit} d={path}><title>{`${from} → ${to}: ${words}${critical ? '; on the critical path' : ''}`}</title></path>
      {lit && note !== '' && <>
        <rect x={labelX - note.length * 3.3 - 4} y={labelY - 8} width={note.length * 6.6 + 8} height={16} rx={4} />
        <text x={labelX} y={labelY + 4} textAnchor="middle">{note}</text>
      </>}
    </g>
  )
})

const arrows = [['arrow', 'plain'], ['critical', 'critical'], ['lit', 'lit']] as const

/** The arrows' heads, once for all lines. */
export function Arrows() {
  return (
    <defs>
      {arrows.map(([id, kind]) => (
        <marker key={id} id={`graph-${id}`} viewBox="0 0 8 8" refX={7.5} refY={4} markerWidth={kind === 'plain' ? 7 : 5.5} markerHeight={kind === 'plain' ? 7 : 5.5} orient="auto">
          <path d="M0 0 L8 4 L0 8 z" className={classes.arrow} data-kind={kind} />
        </marker>
      ))}
    </defs>
  )
}

export const Edges = memo(function Edges({ edges, lit }: { edges: readonly Edge[]; lit: string | null }) {
  // What is lit lies over the others, and the critical path over plain links.
  const rank = (edge: Edge): number => (edge.from === lit || edge.to === lit ? 2 : edge.critical ? 1 : 0)
  return edges.toSorted((a, b) => rank(a) - rank(b)).map((edge) => <EdgeLine key={`${edge.from} ${edge.to}`} edge={edge} lit={rank(edge) === 2} />)
})
