import { useState } from 'react'
import { AskReason } from './AskReason'
import classes from './task-verdict.module.css'

export type Verdict = 'fail' | 'not-applicable'
const choices: { value: Verdict; label: string; color: string }[] = [
  { value: 'not-applicable', label: 'Does not apply', color: 'gray' }, { value: 'fail', label: 'It failed', color: 'red' },
]

/** The way to say that a task failed or does not apply, with the reason; nothing where neither may be said. */
export function TaskVerdict({ title, actions, disabled, onSay }: {
  title: string
  actions: readonly string[]
  disabled: boolean
  onSay: (verdict: Verdict, reason: string) => void
}) {
  const [asked, ask] = useState(false)
  const open = choices.filter(({ value }) => actions.includes(value))
  if (open.length === 0) return null
  return (
    <>
      <button type="button" className={classes.ask} disabled={disabled} onClick={() => ask(true)} aria-label={`${title}: it cannot be done`}>Cannot be done…</button>
      {asked && (
        <AskReason
          title={title} effect="A required task that failed goes on holding its step; one that does not apply holds nothing." choices={open}
          onClose={() => ask(false)} onChoose={(verdict, reason) => { ask(false); onSay(verdict, reason) }}
        />
      )}
    </>
  )
}
