import { useState } from 'react'
import type { PlanDifference, PlanImport } from '../../api/types'
import { changesOf, fieldsOf, kindOf } from './findings'
import classes from './plan-import.module.css'

const signs = {
  added: { sign: '+', word: 'Added', color: 'var(--t-green)' },
  changed: { sign: '±', word: 'Changed', color: 'var(--t-blue)' },
  removed: { sign: '−', word: 'Removed', color: 'var(--t-red)' },
} as const
const shownFirst = 30

function Item({ item }: { item: PlanDifference }) {
  const { sign, word, color } = signs[item.change]
  return (
    <li>
      <span style={{ color }} className={classes.sign}><b aria-hidden>{sign}</b> {word}</span>
      <span><span className="dim">{kindOf(item)}</span> <b className="num">{item.code}</b></span>
      <span className="dim">{fieldsOf(item)}</span>
    </li>
  )
}

/** What taking the file over would change: the counts, then thing by thing. */
export function Differences({ found }: { found: PlanImport }) {
  const [all, setAll] = useState(false)
  const { diff } = found
  if (diff === null || changesOf(found) === 0) return null
  const shown = all ? diff.items : diff.items.slice(0, shownFirst)
  return (
    <div>
      <p className={classes.counts}>
        {(['added', 'changed', 'removed'] as const).map((change) => (
          <span key={change} style={{ color: diff[change] > 0 ? signs[change].color : 'var(--t-dim)' }}>
            <b className="num">{diff[change]}</b> {change}
          </span>
        ))}
        <span className="dim"><b className="num">{diff.unchanged}</b> unchanged</span>
      </p>
      <ul className={classes.items} aria-label="Differences">
        {shown.map((item) => <Item key={`${item.kind}:${item.code}`} item={item} />)}
      </ul>
      {diff.items.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>Show all {diff.items.length} differences</button>
      )}
    </div>
  )
}
