import { useState } from 'react'
import type { Edit, Level } from '../../../api/plan'
import type { ApiProblem } from '../../../api/problem'
import { useEditor } from '../context'
import { setEdit } from '../model/fields'

/** The fields of a control or type while it is added or changed: only what differs is sent, all of it or nothing. */
export function useItemForm<T extends { code: string }>(level: Level, before: T | null, empty: T, onClose: () => void) {
  const { send } = useEditor()
  // What the form began with, so that what somebody else changes meanwhile is not overwritten unseen.
  const [base] = useState(before ?? empty)
  const [fields, setFields] = useState(base)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const edits = (): Edit[] => {
    if (!before) return [{ op: 'add', level, item: fields }]
    const names = Object.keys(empty).filter((name) => name !== 'code') as (keyof T & string)[]
    const changes = names.flatMap((name) => setEdit(level, base.code, name, base[name], fields[name]) ?? [])
    // Its code last: whatever comes before names it as it was.
    return [...changes, ...(setEdit(level, base.code, 'code', base.code, fields.code) === null ? [] : [{ op: 'set' as const, level, code: base.code, field: 'code', was: base.code, to: fields.code }])]
  }
  const submit = () => {
    const wish = edits()
    if (wish.length === 0) {
      onClose()
      return
    }
    setBusy(true)
    send({
      edits: wish,
      onDone: onClose,
      onRefused: (refused) => {
        setProblem(refused)
        setBusy(false)
        return true
      },
    })
  }
  return { fields, set: (change: Partial<T>) => setFields((now) => ({ ...now, ...change })), problem, busy, submit }
}
