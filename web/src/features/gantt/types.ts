/** What the Gantt draws, whatever it was made from. Moments in milliseconds. */
import type { StepStateName } from '../../lib/states'

export type Span = readonly [start: number, end: number]

export interface GanttLink {
  /** The code of what comes first. */
  code: string
  kind: 'FS' | 'SS' | 'FF' | 'SF'
  /** Kind and lag where they are not plain: SS +10 min. */
  note: string
}

export interface GanttRow {
  id: string
  kind: 'macro' | 'chapter' | 'step'
  code: string
  name: string
  /** Of a group: whether its rows are hidden. */
  folded: boolean
  state: StepStateName | null
  /** The state in a word; of a group how far it is: 3 of 12. */
  word: string
  planned: Span | null
  /** Only where it differs from what is planned. */
  baseline: Span | null
  /** What is still to come, by the forecast; null once it is over. */
  forecast: Span | null
  actual: Span | null
  /** Begun and not over: its bar reaches to now. */
  running: boolean
  /** Where it ends in four of five simulated nights. */
  p80: number | null
  critical: boolean
  /** 0 to 1: how near it is to the critical path. */
  near: number
  late: boolean
  atRisk: boolean
  /** The forecast rests on an assumption about it. */
  assumed: boolean
  dormant: boolean
  pointOfNoReturn: boolean
  delaySeconds: number | null
  over: boolean
  links: readonly GanttLink[]
}

/** A vertical line at a moment: the window's end, a point of no return. */
export interface Mark {
  kind: 'window' | 'return' | 'decision'
  at: number
  label: string
  /** The same where there is little room. */
  short: string
}
