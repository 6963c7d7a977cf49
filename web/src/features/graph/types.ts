/** What the graph draws, whatever it was made from. */
import type { StepStateName } from '../../lib/states'
import type { Flags } from '../../ui/FlagMarks'

export type LinkKind = 'FS' | 'SS' | 'FF' | 'SF'

export interface GraphLink {
  /** Of a step, chapter or macro-phase that comes first. */
  code: string
  kind: LinkKind
  /** SS +10 min; '' for a plain one. */
  note: string
  /** The same in words, for hover. */
  words: string
}

export interface GraphStep extends Flags {
  code: string
  name: string
  state: StepStateName
  word: string
  behaviour: 'work' | 'checkpoint' | 'gate' | 'milestone'
  dormant: boolean
  links: readonly GraphLink[]
}

export interface GraphChapter extends Pick<Flags, 'late' | 'critical'> {
  code: string
  name: string
  phase: string
  dormant: boolean
  /** How many of its steps are in each state, in the order of the states. */
  mix: readonly (readonly [StepStateName, number])[]
  done: number
  total: number
  percent: number | null
  links: readonly GraphLink[]
  steps: readonly GraphStep[]
}

export interface GraphPhase { code: string; name: string; links: readonly GraphLink[] }

export interface Network { phases: readonly GraphPhase[]; chapters: readonly GraphChapter[] }
