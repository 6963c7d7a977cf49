import { useEffect, useRef } from 'react'
import { type KeyAction, keyAction } from '../lib/keys'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

/**
 * An open dialog or menu owns the keyboard; keys of the page behind it are not for it. A step's panel is none of
 * these where it lies over the page on a narrow screen: it shows the step's keys.
 */
const covered = (): boolean =>
  [...document.querySelectorAll('[role="dialog"][aria-modal="true"], [role="menu"]')].some((one) => one.querySelector('[data-panel]') === null)

/** Keys that work while typing, or while a dialog is open. */
const always: readonly KeyAction[] = ['palette']

/** What Enter, and what Space, presses of itself where it has the keyboard. */
const pressedBy: Readonly<Record<string, string>> = {
  Enter: 'button, a, [role="button"], summary',
  ' ': 'button, input, [role="button"], [role="checkbox"], [role="radio"], summary',
}

/** Enter and Space on a button are that button's, and Space ticks a box. */
const claimed = (event: KeyboardEvent): boolean => {
  const pressed = pressedBy[event.key]
  return pressed !== undefined && event.target instanceof HTMLElement && event.target.closest(pressed) !== null
}

/** Binds the page's keys to what they do here. A handler that returns false lets the key pass. */
export function useKeyActions(handlers: Partial<Record<KeyAction, () => boolean | undefined>>): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const action = keyAction(event)
      if (!action) return
      if (!always.includes(action) && (typing(event.target) || covered() || claimed(event))) return
      const handler = latest.current[action]
      if (handler && handler() !== false) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
