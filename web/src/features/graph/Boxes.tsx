import { memo } from 'react'
import { IconClockExclamation, IconRoute } from '@tabler/icons-react'
import { stepStateWord } from '../../lib/states'
import { stateColor, StateIcon } from '../../ui/StateMark'
import classes from './graph.module.css'
import { type Box, frameHead, type StepBox } from './layout'
import { signsOf } from './signs'
import type { GraphChapter } from './types'

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** A code where there is little room: its beginning and its end tell it from others. */
const short = (code: string, most: number): string => (code.length > most && most >= 5 ? `${code.slice(0, Math.ceil((most - 1) / 2))}…${code.slice(-Math.floor((most - 1) / 2))}` : cut(code, Math.max(2, most)))

/** 3 of 12, 25 %; In progress 1, Ready 2; late */
export function chapterWords({ done, total, percent, mix, late, critical, dormant }: GraphChapter): string {
  return [
    dormant ? 'Dormant' : `${String(done)} of ${String(total)} steps${percent === null ? '' : `, ${String(percent)} %`}`,
    mix.map(([state, count]) => `${stepStateWord[state]} ${String(count)}`).join(', '), late ? 'late' : '', critical ? 'critical' : '',
  ].filter(Boolean).join('; ')
}

/** How many are in each state, as a bar; its words are in the box's label. */
function Mix({ chapter, width, y }: { chapter: GraphChapter; width: number; y: number }) {
  const all = chapter.mix.reduce((sum, [, count]) => sum + count, 0)
  return (
    <g>
      {chapter.mix.map(([state, count], i) => {
        const before = chapter.mix.slice(0, i).reduce((sum, [, other]) => sum + other, 0)
        return <rect key={state} x={12 + ((width - 24) * before) / all} y={y} width={Math.max(1, ((width - 24) * count) / all - 1)} height={6} rx={1} style={{ fill: stateColor(state) }} fillOpacity={state === 'not_ready' ? 0.35 : 1} />
      })}
    </g>
  )
}

function Marks({ late, critical, right, y }: { late: boolean; critical: boolean; right: number; y: number }) {
  return (
    <>
      {critical && <IconRoute size={14} x={right - 14} y={y} className={classes.critical} aria-hidden />}
      {late && <IconClockExclamation size={14} x={right - (critical ? 31 : 14)} y={y} className={classes.late} aria-hidden />}
    </>
  )
}

interface Common {
  selected: boolean
  reachable: boolean
  /** Too far to read: only shapes, colours and a large code. */
  far: number | null
  onPress: (code: string) => void
  onFocus: (code: string) => void
}

/** A chapter: folded, a box with counts and what its steps do; unfolded, the frame around them. */
export const ChapterBox = memo(function ChapterBox({ box, selected, reachable, far, onPress, onFocus }: Common & { box: Box }) {
  const { chapter, open, width, height } = box
  const words = chapterWords(chapter)
  return (
    <g
      role="button" tabIndex={reachable ? 0 : -1} aria-expanded={open} aria-label={`Chapter ${chapter.code} ${chapter.name}: ${words}`} aria-current={selected || undefined}
      data-node={chapter.code} data-open={open || undefined} data-critical={chapter.critical || undefined} data-dormant={chapter.dormant || undefined} className={classes.chapter}
      transform={`translate(${box.x} ${box.y})`} onClick={() => onPress(chapter.code)} onFocus={() => onFocus(chapter.code)}
    >
      <rect className={classes.ground} width={width} height={height} rx={8} />
      {far !== null && !open
        ? <text x={width / 2} y={height / 2 + far / 5} textAnchor="middle" style={{ fontSize: far }} className={classes.code}>{short(chapter.code, Math.floor(width / far / 0.68))}</text>
        : <>
          <text x={12} y={20} className={classes.title}><tspan className={classes.code}>{open ? '▾' : '▸'} {chapter.code}</tspan> {cut(chapter.name, Math.max(8, Math.floor(width / 7.4) - chapter.code.length - 8))}</text>
          <Marks late={chapter.late} critical={chapter.critical} right={width - 10} y={8} />
          {!open && <text x={12} y={38} className={classes.note}>{chapter.dormant ? 'Dormant' : `${String(chapter.done)} of ${String(chapter.total)}${chapter.percent === null ? '' : ` · ${String(chapter.percent)} %`}`}</text>}
        </>}
      {!open && <Mix chapter={chapter} width={width} y={height - 16} />}
      {open && <path className={classes.rule} d={`M0 ${frameHead - 4}H${width}`} />}
      <title>{`${chapter.code} ${chapter.name}\n${words.replaceAll('; ', '\n')}`}</title>
    </g>
  )
})

/** A step within an unfolded chapter. */
export const StepNode = memo(function StepNode({ node, selected, reachable, far, onPress, onFocus }: Common & { node: StepBox }) {
  const { step, width, height } = node
  const color = stateColor(step.state)
  const flags = [step.late ? 'late' : '', step.critical ? 'critical' : '', step.atRisk ? 'at risk' : ''].filter(Boolean).join(', ')
  return (
    <g
      role="button" tabIndex={reachable ? 0 : -1} aria-label={`${step.code} ${step.name}, ${step.word}${flags === '' ? '' : `, ${flags}`}`} aria-current={selected || undefined}
      data-node={step.code} data-state={step.state} data-critical={step.critical || undefined} data-dormant={step.dormant || undefined} className={classes.step}
      transform={`translate(${node.x} ${node.y})`} onClick={() => onPress(step.code)} onFocus={() => onFocus(step.code)}
    >
      <rect className={classes.ground} width={width} height={height} rx={step.behaviour === 'gate' ? 16 : 5} />
      <rect width={5} height={height - 8} x={4} y={4} rx={2} style={{ fill: color }} />
      {far === null && <>
        <StateIcon state={step.state} size={13} x={15} y={6} />
        <text x={32} y={17} className={classes.note}><tspan className={classes.code}>{cut(step.code, 12)}</tspan> <tspan style={{ fill: color }}>{step.word}</tspan></text>
        <text x={15} y={33} className={classes.name}>{cut(step.name, 27)}</text>
        <Marks late={step.late} critical={step.critical} right={width - 7} y={6} />
      </>}
      {far !== null && <>
        <rect width={width - 60} height={height - 20} x={50} y={10} rx={3} style={{ fill: color }} fillOpacity={0.3} />
        <StateIcon state={step.state} size={30} x={15} y={6} />
      </>}
      <title>{`${step.code} ${step.name}\n${step.word}${flags === '' ? '' : `, ${flags}`}`}</title>
    </g>
  )
})

/** The codes of unfolded chapters, over their steps, where nothing else of them can be read. */
export const FarNames = memo(function FarNames({ boxes, size }: { boxes: readonly Box[]; size: number }) {
  return boxes.map(({ code, chapter, x, y, width, height }) => {
    const signs = signsOf(chapter)
    const fits = signs.length * size * 0.56 <= width && height > size * 2.2
    const [middle, half] = [x + width / 2, fits ? size * 0.55 : 0]
    const common = { x: middle, textAnchor: 'middle' as const, style: { fontSize: size, strokeWidth: size / 3 }, className: classes.farName }
    return (
      <g key={code}>
        <text {...common} y={y + height / 2 + size / 3 - half}>{short(code, Math.floor(width / size / 0.68))}</text>
        {fits && <text {...common} y={y + height / 2 + size / 3 + half}>{signs}</text>}
      </g>
    )
  })
})
