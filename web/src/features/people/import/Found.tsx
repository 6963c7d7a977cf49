import { IconAlertOctagon, IconAlertTriangle, IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { BaseDataChange, BaseDataFinding } from '../../../api/types'
import classes from './import-people.module.css'
import { kindOf, valueOf, whereOf } from './words'

const shownFirst = 50

function More({ count, what, onAll }: { count: number; what: string; onAll: () => void }) {
  return <button type="button" className={classes.more} onClick={onAll}>Show all {count} {what}</button>
}

/** What is wrong with a file: errors first, each with its place and what would mend it. */
export function Findings({ findings }: { findings: readonly BaseDataFinding[] }) {
  const [all, setAll] = useState(false)
  if (findings.length === 0) return null
  const sorted = findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  const shown = all ? sorted : sorted.slice(0, shownFirst)
  return (
    <>
      <ul className={classes.list} aria-label="Findings">
        {shown.map((one, i) => {
          const error = one.severity === 'error'
          const Icon = error ? IconAlertOctagon : IconAlertTriangle
          return (
            <li key={`${one.code}:${String(one.row)}:${i}`}>
              <span className={classes.mark} style={{ color: error ? 'var(--t-red)' : 'var(--t-amber)' }}><Icon size={15} aria-hidden /> {error ? 'Error' : 'Warning'}</span>
              <span className="num">{one.file}{whereOf(one) !== '' && <>, <b>{whereOf(one)}</b></>}</span>
              <span>{one.message}{one.suggestion !== null && <> <b>{one.suggestion}</b></>}</span>
            </li>
          )
        })}
      </ul>
      {shown.length < sorted.length && <More count={sorted.length} what="findings" onAll={() => setAll(true)} />}
    </>
  )
}

/** What would be made and changed, thing by thing. */
export function Changes({ changes }: { changes: readonly BaseDataChange[] }) {
  const [all, setAll] = useState(false)
  if (changes.length === 0) return null
  const shown = all ? changes : changes.slice(0, shownFirst)
  return (
    <>
      <ul className={classes.list} aria-label="Changes">
        {shown.map((one) => {
          const added = one.change === 'added'
          const Icon = added ? IconPlus : IconPencil
          return (
            <li key={`${one.kind}:${one.code}`}>
              <span className={classes.mark} style={{ color: added ? 'var(--t-green)' : 'var(--t-blue)' }}><Icon size={15} aria-hidden /> {added ? 'Added' : 'Changed'}</span>
              <span><span className="dim">{kindOf(one)}</span> <b>{one.code}</b></span>
              <span className="dim">{one.values.map(valueOf).join(' · ')}</span>
            </li>
          )
        })}
      </ul>
      {shown.length < changes.length && <More count={changes.length} what="changes" onAll={() => setAll(true)} />}
    </>
  )
}
