import { Textarea, TextInput } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Level } from '../../../api/plan'
import type { ApiProblem } from '../../../api/problem'
import { useEditor } from '../context'
import { readTyped, valueText } from '../model/fields'
import { Field, Plain } from './Field'

interface Props {
  level: Level
  code: string
  field: string
  label: string
  value: unknown
  hint?: string
  placeholder?: string
  /** Several lines: Enter makes a new one. */
  long?: boolean
  onSaved?: (to: unknown) => void
}

/** A field that is typed in. It is saved when it is left, or by Enter; Esc keeps what was there. */
export function TextField({ level, code, field, label, value, hint, placeholder, long, onSaved }: Props) {
  const { send, mayEdit } = useEditor()
  const shown = valueText(field, value)
  const [typed, setTyped] = useState<Typed | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const here = useHere()
  const spot = { level, code, field }
  // What is being typed stays where it is, also when the line is lost or a right taken meanwhile.
  if (!mayEdit && typed === null) return <Field label={label} spot={spot} hint={hint}><Plain field={field} value={value} /></Field>

  const save = () => {
    if (typed === null) return
    const read = readTyped(level, code, field, typed.seen, typed.text)
    if (read && 'wrong' in read) {
      setWrong(read.wrong)
      return
    }
    setTyped(null)
    if (read) send({ edits: read.edits, spot, to: read.to, onDone: () => onSaved?.(read.to), onRefused: (problem) => goOn(typed, problem) })
  }
  // What cannot be saved as it is stays in the field, to be mended; true = it is said here.
  const goOn = (refused: Typed, problem: ApiProblem) => {
    if (!here() || problem.code === 'field_changed' || problem.status === 401) return false
    setTyped(refused)
    setWrong([problem.detail, problem.hint].filter(Boolean).join(' '))
    return true
  }
  const keep = () => {
    setTyped(null)
    setWrong(null)
  }
  const shared = {
    size: 'xs', value: typed?.text ?? shown, 'aria-label': `${label} of ${code}`, error: wrong, placeholder: placeholder ?? '',
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const text = event.currentTarget.value
      const seen = long ? (value ?? '') : value
      // The value that was on the screen when the typing began is the one that was seen.
      setTyped((before) => ({ text, seen: before === null ? seen : before.seen }))
      setWrong(null)
    },
  } as const
  return (
    <Field label={label} spot={spot} hint={hint}>
      <Saver latest={save}>
        {long
          ? <Textarea {...shared} autosize minRows={2} maxRows={18} onBlur={save} onKeyDown={(event) => { if (event.key === 'Escape') keep(); if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save() }} />
          : <TextInput {...shared} onBlur={save} onKeyDown={(event) => { if (event.key === 'Enter') save(); if (event.key === 'Escape') keep() }} />}
      </Saver>
    </Field>
  )
}

/** What stands in a field that is being typed in, and what stood there before. */
interface Typed { text: string; seen: unknown }

/** Tells whether the field is still on the page. */
function useHere(): () => boolean {
  const there = useRef(true)
  useEffect(() => {
    there.current = true
    return () => {
      there.current = false
    }
  }, [])
  return useCallback(() => there.current, [])
}

/** What was typed is saved too when the panel goes on to another item while the field still has the focus. */
function Saver({ latest, children }: { latest: () => void; children: React.ReactNode }) {
  const held = useRef(latest)
  useEffect(() => {
    held.current = latest
  })
  useEffect(() => () => held.current(), [])
  return children
}
