import { type FocusEvent, useCallback, useRef } from 'react'

/** Kinds of input that hold no words of anybody's. */
const wordless = /^(checkbox|radio|button|submit|reset|range|color|file|hidden)$/

const holdsWords = (target: EventTarget): target is HTMLInputElement | HTMLTextAreaElement =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !wordless.test(target.type) && !target.readOnly)

/**
 * Knows what each field held when the keyboard first came to it, so that it can tell whether something was typed
 * since. Fields that are gone or say again what they said do not count.
 */
export function useTyped() {
  const before = useRef(new Map<HTMLInputElement | HTMLTextAreaElement, string>())
  const onFocus = useCallback(({ target }: FocusEvent) => {
    if (holdsWords(target) && !before.current.has(target)) before.current.set(target, target.value)
  }, [])
  const anything = useCallback(() => [...before.current].some(([field, was]) => field.isConnected && field.value !== was), [])
  return { onFocus, anything }
}
