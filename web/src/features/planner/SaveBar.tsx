import { Button, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ProblemLike } from '../../ui/states'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { changesWord, type Draft } from './model'
import classes from './planner.module.css'

interface Props {
  draft: Draft
  /** What others changed under it, to be decided on first. */
  overtaken: ReactNode
  /** How many of those there are. */
  undecided: number
  problem: ProblemLike | null
  reckoning: boolean
  pending: boolean
  onSave: () => void
  onDiscard: () => void
}

/** What is not saved, always in view: how much, of which chapters, and what to do with it. */
export function SaveBar({ draft, overtaken, undecided, problem, reckoning, pending, onSave, onDiscard }: Props) {
  if (draft.size === 0) return null
  const codes = [...draft.keys()]
  return (
    <div className={`${classes.save} no-print`} role="region" aria-label="Unsaved changes">
      {overtaken}
      {problem && <ProblemNotice problem={problem} />}
      <div>
        <span role="status"><b>{changesWord(draft.size)} not saved</b> <span className="dim">{codes.slice(0, 6).join(', ')}{codes.length > 6 ? ` and ${codes.length - 6} more` : ''}</span></span>
        {reckoning && <Loader size={14} aria-label="Reckoning what follows" />}
        <span className={classes.space} />
        <Button size="compact-md" variant="default" disabled={pending} onClick={onDiscard}>Discard</Button>
        {undecided > 0 && <span>Take theirs or keep yours first</span>}
        <Button size="compact-md" disabled={undecided > 0} loading={pending} onClick={onSave}>Save {changesWord(draft.size)}</Button>
      </div>
    </div>
  )
}
