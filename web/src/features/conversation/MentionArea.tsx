import { Textarea } from '@mantine/core'
import { IconUser, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { mentionablesQuery } from '../../api/spoken'
import { namedAt, type Suggestion, suggestionsFor, withName } from './mention'
import classes from './conversation.module.css'

interface Props {
  iterationId: string
  label: string
  value: string
  onChange: (text: string) => void
  onSend: () => void
  onCancel?: () => void
  placeholder?: string
  minRows?: number
  focus?: boolean
}

export const longest = 4000

function Option({ one, id, on, onPick }: { one: Suggestion; id: string; on: boolean; onPick: () => void }) {
  const Icon = one.team ? IconUsersGroup : IconUser
  return (
    <li id={id} role="option" aria-selected={on} className={classes.option} onPointerDown={(event) => { event.preventDefault(); onPick() }}>
      <Icon size={14} aria-hidden /> <b>{one.name}</b> <span className="dim">{one.about}</span>
    </li>
  )
}

/** Who fits what is being typed after an @, and what the keys do with it. */
function useNaming({ iterationId, value, onChange }: Pick<Props, 'iterationId' | 'value' | 'onChange'>) {
  const known = useQuery(mentionablesQuery(iterationId)).data
  const [caret, setCaret] = useState<number | null>(null)
  const [chosen, setChosen] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const after = useRef<number | null>(null)
  // With the new text, and before the next letter: else that one lands at the end.
  useLayoutEffect(() => {
    if (after.current !== null) area.current?.setSelectionRange(after.current, after.current)
    after.current = null
  }, [value])
  const named = caret === null ? null : namedAt(value, caret)
  const options = named ? suggestionsFor(named.word, known) : []
  const put = (one: Suggestion | undefined) => {
    if (!one || !named || caret === null) return
    const next = withName(value, named.at, caret, one.name)
    onChange(next.text)
    setCaret(null)
    after.current = next.caret
  }
  const key = (event: KeyboardEvent): boolean => {
    if (options.length === 0) return false
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined) setChosen((now) => (now + by + options.length) % options.length)
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') put(options[chosen] ?? options[0])
    else if (event.key === 'Escape') setCaret(null)
    else return false
    return true
  }
  const moved = (at: number | null) => { setCaret(at); setChosen(0) }
  return { area, options, chosen, put, key, moved }
}

/** A text in which people and teams can be named: @ opens a list, arrows and Enter choose. Ctrl+Enter sends. */
export function MentionArea({ iterationId, label, value, onChange, onSend, onCancel, placeholder, minRows = 2, focus = false }: Props) {
  const { area, options, chosen, put, key, moved } = useNaming({ iterationId, value, onChange })
  const list = useId()
  const open = options.length > 0
  const onKeyDown = (event: KeyboardEvent) => {
    const send = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    const cancel = event.key === 'Escape' && !open && onCancel
    if (!key(event) && !send && !cancel) return
    event.preventDefault()
    event.stopPropagation() // a dialog around it would close
    if (send) onSend()
    else if (cancel) onCancel()
  }
  return (
    <div className={classes.area}>
      <Textarea
        ref={area} aria-label={label} size="sm" autosize minRows={minRows} maxRows={14} maxLength={longest} value={value} placeholder={placeholder ?? ''}
        data-autofocus={focus || undefined} autoFocus={focus} aria-autocomplete="list" aria-controls={open ? list : undefined}
        aria-activedescendant={open ? `${list}-${chosen}` : undefined}
        onChange={(event) => { onChange(event.currentTarget.value); moved(event.currentTarget.selectionStart) }}
        onKeyDown={onKeyDown} onBlur={() => moved(null)}
      />
      {open && (
        <ul className={classes.options} id={list} role="listbox" aria-label="People and teams">
          {options.map((one, n) => <Option key={one.id} one={one} id={`${list}-${n}`} on={n === chosen} onPick={() => put(one)} />)}
        </ul>
      )}
    </div>
  )
}
