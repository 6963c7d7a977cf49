import { useSyncExternalStore } from 'react'
import { createStore } from '../lib/store'

const said = createStore('')

/** Says a sentence to a screen reader, without moving anybody. */
export const announce = (sentence: string): void => said.set(sentence)

/** Where announcements are made; once in the page. */
export function Announcer() {
  const sentence = useSyncExternalStore(said.subscribe, said.get)
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {sentence}
    </div>
  )
}
