import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconFocusCentered, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { arrowWays, nodeBeside } from '../../../ui/network/beside'
import { usePanZoom } from '../../../ui/network/usePanZoom'
import { type Drawn, type Edge, type Lane, type Node, nodeHeight, nodeWidth } from './layout'
import classes from './network.module.css'
import { NodeView } from './NodeView'

interface Props {
  drawn: Drawn
  label: string
  selected: string | undefined
  onOpen: (code: string) => void
  onGo: (code: string) => void
}

const EdgeView = memo(function EdgeView({ edge, lit }: { edge: Edge; lit: boolean }) {
  const { path, note, kind, labelX, labelY, across } = edge
  return (
    <g className={classes.edge} data-kind={kind} data-across={across ? true : undefined} data-lit={lit || undefined}>
      <path d={path} markerEnd={lit ? 'url(#arrow-lit)' : 'url(#arrow)'} />
      {note !== '' && !(across && !lit) && <>
        <rect x={labelX - note.length * 3.3 - 4} y={labelY - 8} width={note.length * 6.6 + 8} height={16} rx={4} />
        <text x={labelX} y={labelY + 4} textAnchor="middle">{note}</text>
      </>}
    </g>
  )
})

function LaneView({ lane: { x, y, width, height } }: { lane: Lane }) {
  return <g className={classes.lane}><rect x={x} y={y} width={width} height={height} rx={8} /></g>
}

/** A lane's name stands above the lines that lead through it. */
function LaneName({ lane: { x, y, code, name, note } }: { lane: Lane }) {
  return (
    <g className={classes.lane}>
      <text x={x + 12} y={y + 21}><tspan className={classes.laneCode}>{code}</tspan> {name}<tspan className={classes.laneNote}> {note}</tspan></text>
    </g>
  )
}

/** A network on paper that can be moved and zoomed, and gone about in with the arrow keys. */
export function Drawing({ drawn, label, selected, onOpen, onGo }: Props) {
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>()
  const { view, attach, zoom, reveal, fit, wasDrag, handlers } = usePanZoom(drawn, { width, height })
  const [focused, setFocused] = useState<string | null>(null)
  const paper = useRef<SVGSVGElement>(null)
  const { nodes, edges, lanes } = drawn
  const reachable = focused !== null && nodes.some(({ code }) => code === focused) ? focused : (selected ?? nodes[0]?.code ?? null)
  const calls = useRef({ onOpen, onGo, wasDrag })
  useEffect(() => {
    calls.current = { onOpen, onGo, wasDrag }
  })
  const open = useCallback((code: string) => calls.current.wasDrag() || calls.current.onOpen(code), [])
  const go = useCallback((code: string) => calls.current.wasDrag() || calls.current.onGo(code), [])
  const focus = useCallback((code: string) => setFocused(code), [])

  const keys = (event: React.KeyboardEvent) => {
    const node = nodes.find(({ code }) => code === reachable)
    const way = arrowWays[event.key]
    const done = way && node ? (goTo(nodeBeside(nodes, node, way)), true)
      : event.key === 'Enter' || event.key === ' ' ? (node && onOpen(node.code), true)
      : event.key === '+' || event.key === '=' ? (zoom(1.25), true) : event.key === '-' ? (zoom(0.8), true) : event.key === '0' ? (fit(), true) : false
    if (!done || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
  }
  const goTo = (node: Node | undefined) => {
    if (!node) return
    setFocused(node.code)
    reveal(node.x, node.y, nodeWidth, nodeHeight)
    paper.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(node.code)}"]`)?.focus({ preventScroll: true })
  }
  const lit = focused ?? selected
  return (
    <div className={classes.room} ref={useMergedRef(sizeRef, attach)} {...handlers} onKeyDown={keys}>
      <svg ref={paper} role="group" aria-label={`${label}. Arrow keys go from one to the next, Enter opens; the same as a table: press Table.`} width="100%" height="100%">
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX={7.5} refY={4} markerWidth={7} markerHeight={7} orient="auto"><path d="M0 0 L8 4 L0 8 z" className={classes.arrow} /></marker>
          <marker id="arrow-lit" viewBox="0 0 8 8" refX={7.5} refY={4} markerWidth={7} markerHeight={7} orient="auto"><path d="M0 0 L8 4 L0 8 z" className={classes.arrowLit} /></marker>
        </defs>
        <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
          {lanes.map((lane) => <LaneView key={lane.code} lane={lane} />)}
          {edges.map((edge) => <EdgeView key={`${edge.from} ${edge.to} ${edge.kind}`} edge={edge} lit={edge.from === lit || edge.to === lit} />)}
          {lanes.map((lane) => <LaneName key={lane.code} lane={lane} />)}
          {nodes.map((node) => (
            <NodeView key={node.code} node={node} selected={node.code === selected} reachable={node.code === reachable} onOpen={open} onGo={go} onFocus={focus} />
          ))}
        </g>
      </svg>
      <Group className={classes.tools} gap={4}>
        <Tooltip label="Nearer  +"><ActionIcon variant="default" size={30} aria-label="Nearer" onClick={() => zoom(1.25)}><IconZoomIn size={16} /></ActionIcon></Tooltip>
        <Tooltip label="Farther  −"><ActionIcon variant="default" size={30} aria-label="Farther" onClick={() => zoom(0.8)}><IconZoomOut size={16} /></ActionIcon></Tooltip>
        <Tooltip label="All of it  0"><ActionIcon variant="default" size={30} aria-label="Show all of it" onClick={fit}><IconFocusCentered size={16} /></ActionIcon></Tooltip>
      </Group>
    </div>
  )
}
