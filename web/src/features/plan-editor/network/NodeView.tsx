import { memo } from 'react'
import { type Node, nodeHeight, nodeWidth, type Stub, stubsShown } from './layout'
import classes from './network.module.css'

const stubGap = 17
const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

function Stubs({ stubs, side, y, x, onGo }: { stubs: readonly Stub[]; side: 'in' | 'out'; x: number; y: number; onGo: (code: string) => void }) {
  const shown = stubs.slice(0, stubsShown)
  const more = stubs.length - shown.length
  const rows = shown.length + (more > 0 ? 1 : 0)
  const out = side === 'out'
  const [from, to] = out ? [x + nodeWidth, x + nodeWidth + 14] : [x, x - 14]
  return (
    <g className={classes.stubs}>
      {shown.map(({ code, note }, i) => {
        const at = y + nodeHeight / 2 + (i - (rows - 1) / 2) * stubGap
        return (
          <g key={`${code} ${note}`} className={classes.stub} data-go={code} onClick={() => onGo(code)}>
            <path d={`M${from} ${y + nodeHeight / 2} L${to} ${at}`} />
            <text x={out ? to + 3 : to - 3} y={at + 4} textAnchor={out ? 'start' : 'end'}>{out ? '' : note && `${note} `}{cut(code, 12)}{out ? note && ` ${note}` : ''}</text>
            <title>{`${out ? 'What waits for it' : 'It waits for'}: ${code} ${note}`}</title>
          </g>
        )
      })}
      {more > 0 && <text className={classes.rest} x={out ? to + 3 : to - 3} y={y + nodeHeight / 2 + (rows - 1) / 2 * stubGap + 4} textAnchor={out ? 'start' : 'end'}>+{more}</text>}
    </g>
  )
}

interface Props {
  node: Node
  selected: boolean
  reachable: boolean
  onOpen: (code: string) => void
  onGo: (code: string) => void
  onFocus: (code: string) => void
}

/** A step or chapter of the network, with its stubs. */
export const NodeView = memo(function NodeView({ node, selected, reachable, onOpen, onGo, onFocus }: Props) {
  const { code, name, detail, behaviour, dormant, x, y, ins, outs } = node
  return (
    <>
      <Stubs stubs={ins} side="in" x={x} y={y} onGo={onGo} />
      <Stubs stubs={outs} side="out" x={x} y={y} onGo={onGo} />
      <g
        role="button" tabIndex={reachable ? 0 : -1} aria-label={`${code} ${name}, ${detail}`} data-node={code} data-behaviour={behaviour ?? 'chapter'} data-dormant={dormant || undefined}
        aria-current={selected || undefined} className={classes.node} transform={`translate(${x} ${y})`} onClick={() => onOpen(code)} onFocus={() => onFocus(code)}
      >
        <rect width={nodeWidth} height={nodeHeight} rx={behaviour === 'gate' ? 20 : behaviour === 'milestone' ? 2 : 6} />
        <foreignObject width={nodeWidth} height={nodeHeight}>
          <div className={classes.words}>
            <div><b>{code}</b><span>{detail}</span></div>
            <p>{name}</p>
          </div>
        </foreignObject>
        <title>{`${code} ${name} · ${detail}`}</title>
      </g>
    </>
  )
})
