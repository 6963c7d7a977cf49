import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'

interface Props {
  text: string
  onText: (text: string) => void
  searchRef: RefObject<HTMLInputElement | null>
  width?: number | string
}

/** Text goes into the address when typing rests. What comes from the address, by going back or by Clear, is shown. */
export function SearchBox({ text: given, onText, searchRef, width = 160 }: Props) {
  const [text, setText] = useState(given)
  const [sent, setSent] = useState(given)
  const [seen, setSeen] = useState(given)
  if (seen !== given) {
    setSeen(given)
    // An answer to one's own typing must not undo what was typed since.
    if (given !== sent) { setText(given); setSent(given) }
  }
  const latest = useRef(onText)
  useEffect(() => {
    latest.current = onText
  })
  useEffect(() => {
    if (text === sent) return
    const timer = window.setTimeout(() => { setSent(text); latest.current(text) }, 150)
    return () => window.clearTimeout(timer)
  }, [text, sent])
  return (
    <TextInput
      ref={searchRef} value={text} placeholder="Search  /" aria-label="Search in the runsheet" w={width}
      leftSection={<IconSearch size={14} />} onChange={(event) => setText(event.currentTarget.value)}
      rightSection={text === '' ? null : <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  )
}
