import { TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { halfTyped, type NumberRules, readNumber, written } from '../lib/number'

interface Props {
  rules?: NumberRules
  label?: string
  'aria-label'?: string
  description?: ReactNode
  /** Null where nothing is typed; undefined where what is typed is not a number that is meant: the field keeps the text. */
  value: number | null | undefined
  onChange: (value: number | null | undefined) => void
  /** Said where nothing is typed, if something must be. */
  missing?: string
  /** What else is wrong with it, in the form's own words. */
  error?: string | null
  /** Stands behind the figure: min. */
  unit?: string
  /** By how much the arrow keys move it. */
  step?: number
  size?: 'xs' | 'sm'
  w?: number
  className?: string
  disabled?: boolean
  'data-autofocus'?: boolean
}

const anything: NumberRules = {}

/** By the arrow keys to the next number that may be; null where there is none. */
function stepped(value: number | null | undefined, by: number, rules: NumberRules): number | null {
  if (value === undefined) return null
  return readNumber(written(Math.round(((value ?? 0) + by) * 1e6) / 1e6), rules).value ?? null
}

/**
 * A number, as it is typed. What is typed stays as it is: where it cannot be meant, that is said beneath and the value
 * is undefined, so that the form's button stays off; it is never cut, bent or moved to a limit.
 */
export function NumberField({ rules = anything, value, onChange, missing, error, unit, step = 1, size = 'sm', ...rest }: Props) {
  const [typed, setTyped] = useState(() => written(value))
  const [typing, setTyping] = useState(false)
  // A value that is not what was typed came from elsewhere.
  const text = readNumber(typed, rules).value === value ? typed : written(value)
  const { wrong } = readNumber(text, rules)
  const lacking = text.trim() === '' && missing !== undefined ? missing : null
  const said = error ?? (typing && halfTyped(text) ? null : (wrong ?? lacking))
  const read = typeof value === 'number' && written(value) !== text.trim().replace(/^[+]/, '') ? `Read as ${written(value)}` : undefined
  const set = (next: string) => {
    setTyped(next)
    onChange(readNumber(next, rules).value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    const next = stepped(value, event.key === 'ArrowUp' ? step : -step, rules)
    if (next !== null) set(written(next))
  }
  return (
    <TextInput
      {...rest} size={size} inputMode={rules.whole && (rules.min ?? rules.above ?? -1) >= 0 ? 'numeric' : 'text'} autoComplete="off" maxLength={40} value={text} error={said}
      {...(rest.description === undefined && read === undefined ? {} : { description: <>{rest.description}{rest.description !== undefined && read !== undefined && ' '}{read}</> })}
      {...(unit === undefined ? {} : { rightSection: <span className="dim">{unit}</span>, rightSectionPointerEvents: 'none' as const })}
      onChange={(event) => set(event.currentTarget.value)} onKeyDown={onKeyDown} onFocus={() => setTyping(true)} onBlur={() => setTyping(false)}
    />
  )
}
