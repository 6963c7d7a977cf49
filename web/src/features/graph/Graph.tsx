import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { useElementSize, useMergedRef } from '@mantine/hooks'
import { IconFocusCentered, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { arrowWays, nodeBeside, type Way } from '../../ui/network/beside'
import { usePanZoom } from '../../ui/network/usePanZoom'
import { useKeyActions } from '../../ui/useKeyActions'
import { ChapterBox, FarNames, StepNode } from './Boxes'
import { Arrows, Edges } from './Edges'
import classes from './graph.module.css'
import { type Drawn, frameHead } from './layout'
import { Minimap } from './Minimap'
import { signsLegend } from './signs'
import { TinyEdges, TinySteps } from './Tiny'
import { useVisible } from './useVisible'

interface Props {
  drawn: Drawn
  label: string
  selected: string | undefined
  /** What to go to; each new object goes there anew. */
  target: { code: string } | null
  /** Where it opens, if not all of it can be read at once: what is running, or comes next. */
  openAt: string | null
  /** A press on a box: a step opens, a chapter folds or unfolds. */
  onPress: (code: string) => void
}

/** Smaller than this, words are replaced by a large code and colours. */
const readable = 0.45
/** The size of a code that can still be read, in pixels of the screen. */
const codeSize = 11
/** Smaller than this, single steps cannot be pressed: many are drawn as one shape. */
const pressable = 0.3

/** The night as a network that is moved, zoomed and gone about in. Only what is in sight is drawn. */
export function Graph({ drawn, label, selected, target, openAt, onPress }: Props) {
  const { ref: sizeRef, width, height } = useElementSize<HTMLDivElement>()
  const room = useMemo(() => ({ width, height }), [width, height])
  const first = drawn.steps.find(({ code }) => code === openAt) ?? drawn.boxes.find(({ code }) => code === openAt)
  const { view, attach, zoom, reveal, fit, wasDrag, moves, handlers } = usePanZoom(drawn, room, first ? { x: first.x + first.width / 2, y: first.y + first.height / 2 } : null)
  const shown = useVisible(drawn, view, room)
  const [focused, setFocused] = useState<string | null>(null)
  const paper = useRef<SVGSVGElement>(null)
  const held = useRef<{ code: string; x: number; y: number } | null>(null)
  const nodes = useMemo(() => [...drawn.boxes.map((box) => (box.open ? { ...box, height: frameHead } : box)), ...drawn.steps], [drawn])
  const at = useMemo(() => new Map(nodes.map((node) => [node.code, node])), [nodes])
  const reachable = focused !== null && at.has(focused) ? focused : selected !== undefined && at.has(selected) ? selected : (nodes[0]?.code ?? null)

  const calls = useRef({ onPress, wasDrag, at })
  useEffect(() => {
    calls.current = { onPress, wasDrag, at }
  })
  const press = useCallback((code: string) => {
    if (calls.current.wasDrag()) return
    const node = calls.current.at.get(code)
    // What is pressed stays under the finger, while its fold makes or takes room.
    if (node) held.current = { code, x: node.x, y: node.y }
    setFocused(code)
    calls.current.onPress(code)
  }, [])
  useLayoutEffect(() => {
    const before = held.current
    held.current = null
    const node = before && at.get(before.code)
    const { k } = moves.view()
    if (node && (node.x !== before.x || node.y !== before.y)) moves.shift((before.x - node.x) * k, (before.y - node.y) * k)
  }, [at, moves])
  const gone = useRef<{ code: string } | null>(null)
  useEffect(() => {
    const node = target && at.get(target.code)
    if (!target || !node || gone.current === target || width === 0) return
    gone.current = target
    setFocused(target.code)
    moves.centre(node.x + node.width / 2, node.y + node.height / 2, 0.8)
  }, [target, at, moves, width])

  const goTo = (node: (typeof nodes)[number] | undefined) => {
    if (!node) return
    setFocused(node.code)
    reveal(node.x, node.y, node.width, node.height)
    // It may only be drawn once it is in sight.
    requestAnimationFrame(() => paper.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(node.code)}"]`)?.focus({ preventScroll: true }))
  }
  const step = (way: Way) => {
    const from = reachable === null ? undefined : at.get(reachable)
    if (from) goTo(focused === null ? from : nodeBeside(nodes, from, way))
    return true
  }
  useKeyActions({
    nearer: () => (zoom(1.25), true), farther: () => (zoom(0.8), true), fit: () => (fit(), true),
    down: () => step([0, 1]), up: () => step([0, -1]), fold: () => step([-1, 0]), unfold: () => step([1, 0]),
  })
  const keys = (event: React.KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || reachable === null) return
    const way = arrowWays[event.key]
    if (way) step(way)
    else if (event.key === 'Enter' || event.key === ' ') onPress(reachable)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const far = view.k < readable ? codeSize / view.k : null
  const tiny = view.k < pressable
  const openBoxes = useMemo(() => shown.boxes.filter(({ open }) => open), [shown])
  const common = { far, onPress: press, onFocus: setFocused }
  return (
    <div className={classes.room} ref={useMergedRef(sizeRef, attach)} {...handlers} onKeyDown={keys} data-far={far === null ? undefined : true}>
      <svg ref={paper} className={classes.paper} role="group" aria-label={`${label}. Arrow keys go from box to box, Enter opens a step or unfolds a chapter. The runsheet has the same as a table.`} width="100%" height="100%">
        <Arrows />
        <g transform={`translate(${view.x} ${view.y}) scale(${view.k})`}>
          {openBoxes.map((box) => <ChapterBox key={box.code} box={box} selected={box.code === selected} reachable={box.code === reachable} {...common} />)}
          {tiny ? <TinyEdges edges={shown.edges} /> : <Edges edges={shown.edges} lit={focused ?? selected ?? null} />}
          {shown.boxes.filter(({ open }) => !open).map((box) => <ChapterBox key={box.code} box={box} selected={box.code === selected} reachable={box.code === reachable} {...common} />)}
          {tiny && <TinySteps steps={shown.steps} />}
          {shown.steps.filter(({ code }) => !tiny || code === reachable).map((node) => <StepNode key={node.code} node={node} selected={node.code === selected} reachable={node.code === reachable} {...common} />)}
          {far !== null && <FarNames boxes={openBoxes} size={far} />}
        </g>
      </svg>
      {far !== null && <p className={`${classes.signs} num`}>{signsLegend}</p>}
      <Minimap drawn={drawn} view={view} room={room} onCentre={moves.centre} />
      <Group className={`${classes.tools} no-print`} gap={4}>
        <Tooltip label="Nearer  +"><ActionIcon variant="default" size={30} aria-label="Nearer" onClick={() => zoom(1.25)}><IconZoomIn size={16} /></ActionIcon></Tooltip>
        <Tooltip label="Farther  −"><ActionIcon variant="default" size={30} aria-label="Farther" onClick={() => zoom(0.8)}><IconZoomOut size={16} /></ActionIcon></Tooltip>
        <Tooltip label="All of it  0"><ActionIcon variant="default" size={30} aria-label="Show all of it" onClick={fit}><IconFocusCentered size={16} /></ActionIcon></Tooltip>
      </Group>
    </div>
  )
}
