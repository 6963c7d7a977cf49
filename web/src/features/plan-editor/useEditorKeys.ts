import { useEffect, useRef } from 'react'
import { type EditorKey, editorKey } from './keys'

/** While somebody types or chooses from a list, or in a dialog, menu or button, a key is theirs. */
const taken = (event: KeyboardEvent): boolean => {
  // Lists of choices are no sign: closed ones are in the page too, and an open one's field has the keyboard.
  if (document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('input, textarea, select') !== null) return true
  return event.key === ' ' && target.closest('button, a, summary, [role="button"], [role="tab"]') !== null
}

/** Binds the editor's keys. A handler that returns false lets the key pass. */
export function useEditorKeys(handlers: Partial<Record<EditorKey, () => boolean | undefined>>): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || taken(event)) return
      const action = editorKey(event)
      const handler = action === null ? undefined : latest.current[action]
      if (handler && handler() !== false) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
