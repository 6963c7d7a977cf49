import { useEffect, useId, useRef, useState } from 'react'
import type { Level } from '../../../api/plan'
import { useEditor } from '../context'
import { type Column, readTyped, valueText, wordOf } from '../model/fields'
import classes from './grid.module.css'

interface Props {
  level: Level
  code: string
  field: Column
  value: unknown
  className: string
  /** Where the next field is to be edited: 1 or −1 by Tab, 0 by Enter, null by Esc or going away. */
  onDone: (next: 1 | -1 | 0 | null) => void
}

/** What may be chosen for a field; nothing where anything may be typed. */
function useChoices(field: Column): readonly { code: string; name: string }[] {
  const { plan } = useEditor()
  if (field === 'type') return plan.types
  return field === 'team' ? plan.teams : []
}

/** A cell being typed in. Enter and Tab save, Esc keeps what was there; what cannot be meant is said and stays. */
export function CellEditor({ level, code, field, value, className, onDone }: Props) {
  const { send } = useEditor()
  // What stood there when the typing began: what others set meanwhile is refused by the server, never overwritten.
  const [seen] = useState(value)
  const [text, setText] = useState(() => valueText(field, value))
  const [wrong, setWrong] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  const list = useId()
  const choices = useChoices(field)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])

  const end = (next: 1 | -1 | 0 | null) => {
    if (over.current) return
    const read = next === null ? null : readTyped(level, code, field, seen, text)
    if (read && 'wrong' in read) {
      setWrong(read.wrong)
      return
    }
    over.current = true
    if (read) send({ edits: read.edits, spot: { level, code, field }, to: read.to })
    onDone(next)
  }
  const leave = () => {
    if (over.current) return
    const read = readTyped(level, code, field, seen, text)
    over.current = true
    if (read && !('wrong' in read)) send({ edits: read.edits, spot: { level, code, field }, to: read.to })
    onDone(null)
  }
  const press = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const next = event.key === 'Enter' ? 0 : event.key === 'Escape' ? null : event.key === 'Tab' ? (event.shiftKey ? -1 : 1) : undefined
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    end(next)
  }
  return (
    <span role="gridcell" className={`${classes.cell} ${classes.editing} ${className}`} data-field={field}>
      <input
        ref={input} value={text} aria-label={`${wordOf(field)} of ${code}`} aria-invalid={wrong !== null} spellCheck={field === 'name'}
        {...(choices.length > 0 ? { list } : {})} autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value)
          setWrong(null)
        }}
        onKeyDown={press} onBlur={leave} onClick={(event) => event.stopPropagation()}
      />
      {choices.length > 0 && <datalist id={list}>{choices.map((one) => <option key={one.code} value={one.code}>{one.name}</option>)}</datalist>}
      {wrong !== null && <span role="alert" className={classes.wrong}>{wrong}</span>}
    </span>
  )
}
