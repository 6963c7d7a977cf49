import { memo, useRef } from 'react'
import { stateColor } from '../../ui/StateMark'
import type { Size, View } from '../../ui/network/usePanZoom'
import classes from './graph.module.css'
import type { Box, Drawn } from './layout'

const most = { width: 190, height: 120 }

/** The colour of what most of a chapter does. */
const colourOf = ({ chapter }: Box): string => {
  const [state] = chapter.mix.toSorted((a, b) => b[1] - a[1])[0] ?? []
  return state === undefined ? 'var(--t-plan)' : stateColor(state)
}

const Boxes = memo(function Boxes({ boxes }: { boxes: readonly Box[] }) {
  return boxes.map((box) => <rect key={box.code} x={box.x} y={box.y} width={box.width} height={box.height} rx={6} style={{ fill: colourOf(box) }} fillOpacity={0.55} data-critical={box.chapter.critical || undefined} />)
})

/** All of it, small, with the part that is looked at; a press or a drag looks elsewhere. */
export function Minimap({ drawn, view, room, onCentre }: { drawn: Drawn; view: View; room: Size; onCentre: (x: number, y: number) => void }) {
  const pressed = useRef(false)
  const scale = Math.min(most.width / drawn.width, most.height / drawn.height)
  const go = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    onCentre((event.clientX - box.left) / scale, (event.clientY - box.top) / scale)
  }
  return (
    <svg
      className={`${classes.minimap} no-print`} width={drawn.width * scale} height={drawn.height * scale} viewBox={`0 0 ${String(drawn.width)} ${String(drawn.height)}`} aria-hidden data-testid="minimap"
      onPointerDown={(event) => { event.stopPropagation(); pressed.current = true; event.currentTarget.setPointerCapture(event.pointerId); go(event) }}
      onPointerMove={(event) => { event.stopPropagation(); if (pressed.current) go(event) }}
      onPointerUp={(event) => { event.stopPropagation(); pressed.current = false }}
    >
      <Boxes boxes={drawn.boxes} />
      <rect className={classes.sight} x={-view.x / view.k} y={-view.y / view.k} width={room.width / view.k} height={room.height / view.k} strokeWidth={2 / scale} />
    </svg>
  )
}
