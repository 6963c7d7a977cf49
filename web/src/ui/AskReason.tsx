import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { Dialog } from './Dialog'

export interface Choice<T extends string> {
  value: T
  label: string
  color?: string
}

interface Props<T extends string> {
  title: string
  /** What each button does. */
  effect: string
  choices: readonly Choice<T>[]
  /** Nothing can be chosen before it is said why. */
  required?: boolean
  onChoose: (value: T, reason: string) => void
  onClose: () => void
}

/** Asks why, then which of some things to do. */
export function AskReason<T extends string>({ title, effect, choices, required = true, onChoose, onClose }: Props<T>) {
  const [text, setText] = useState('')
  const missing = required && text.trim() === ''
  const choose = (value: T) => {
    if (!missing) onChoose(value, text.trim())
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const [only] = choices
    if (choices.length === 1 && only) choose(only.value)
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{effect}</Text>
          <Textarea
            data-autofocus label="Reason" autosize minRows={2} maxRows={8} maxLength={2000} value={text} required={required}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            {choices.map(({ value, label, color }) => (
              <Button key={value} color={color ?? 'blue'} disabled={missing} onClick={() => choose(value)}>{label}</Button>
            ))}
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
