import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { BatchChange, Change } from '../../../api/types'
import { changes, fieldWord, kindWord, signs, valueWord } from '../model/words'
import classes from '../plan-import.module.css'
import own from './difference.module.css'

export function ChangeMark({ change }: { change: Change }) {
  const { sign, word, color } = signs[change]
  return <span className={own.sign} style={{ color }}><b aria-hidden>{sign}</b> {word}</span>
}

/** +12 ±3 −1: what is in a group; what is not there is not shown. */
export function Counts({ of }: { of: Record<Change, number> }) {
  return (
    <span className={own.tally}>
      {changes.filter((change) => of[change] > 0).map((change) => (
        <span key={change} className="num" style={{ color: signs[change].color }}>
          <span aria-hidden>{signs[change].sign}{of[change].toLocaleString('en')}</span><span className="visually-hidden">{of[change]} {change} </span>
        </span>
      ))}
    </span>
  )
}

export type Changed = Pick<BatchChange, 'kind' | 'code' | 'name' | 'fields' | 'before' | 'after'> & { change: Change | null }

/** Field by field: what it was, and what it would be. */
function Values({ of: { fields, before, after } }: { of: Changed }) {
  return (
    <dl className={own.values}>
      {fields.map((field) => (
        <div key={field}>
          <dt>{fieldWord(field)}</dt>
          <dd>{field in (before ?? {}) || field in (after ?? {}) ? <><s>{valueWord(field, before?.[field])}</s> <span aria-label="becomes">→</span> <span>{valueWord(field, after?.[field])}</span></> : 'is another one'}</dd>
        </div>
      ))}
    </dl>
  )
}

interface Props {
  of: Changed
  kind?: boolean
  /** What a press on its name opens, where it is no change of its own that would. */
  onName?: (() => void) | undefined
}

/** One thing that would differ; what changes in it opens below. */
export function ChangeLine({ of, kind = true, onName }: Props) {
  const [open, setOpen] = useState(false)
  const { change, code, name, fields } = of
  const opens = change === 'changed' && fields.length > 0
  const Chevron = open ? IconChevronDown : IconChevronRight
  const words = <>{kind && <span className="dim">{kindWord(of.kind)} </span>}<b className="num">{code}</b> <span>{name === code ? '' : name}</span></>
  return (
    <div className={own.change} data-change={change ?? 'same'} data-code={code}>
      {change === null ? <span className={own.sign} /> : <ChangeMark change={change} />}
      <span className={own.changeWords}>
        {opens
          ? <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}><Chevron size={14} aria-hidden /><span>{words}</span></button>
          // The arrow before it does the same, and is what the keyboard reaches.
          : onName ? <button type="button" className={classes.fold} tabIndex={-1} onClick={onName}><span>{words}</span></button> : words}
        {opens && !open && <span className="dim"> {fields.map(fieldWord).join(', ')}</span>}
        {open && <Values of={of} />}
      </span>
    </div>
  )
}
