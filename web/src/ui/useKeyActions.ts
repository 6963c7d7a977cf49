import { useEffect, useRef } from 'react'
import { type KeyAction, keyAction } from '../lib/keys'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

/** An open dialog or menu owns the keyboard; keys of the page behind it are not for it. */
const covered = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null

/** Keys that work while typing, or while a dialog is open. */
const always: readonly KeyAction[] = ['palette']

/** Enter and Space on a button or link are that button's; so are arrows in a radio group. */
const claimed = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement &&
  event.key === 'Enter' &&
  event.target.closest('button, a, [role="button"], summary') !== null

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
