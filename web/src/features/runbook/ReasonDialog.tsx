import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { Kbd } from '../../ui/Kbd'

interface Props {
  title: string
  /** What pressing the button will do. */
  effect: string
  button: string
  color?: string
  label?: string
  withReason?: boolean
  required?: boolean
  onConfirm: (text: string) => void
  onClose: () => void
}

/** Asks once, names the effect, takes a reason or a text where one is needed. */
export function ReasonDialog({ title, effect, button, color = 'blue', label = 'Reason', withReason = true, required = false, onConfirm, onClose }: Props) {
  const [text, setText] = useState('')
  const missing = required && text.trim() === ''
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!missing) onConfirm(text.trim())
  }
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{effect}</Text>
          {withReason && (
            <Textarea
              data-autofocus label={label} autosize minRows={2} maxRows={8} value={text} required={required}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
              }}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" color={color} disabled={missing} data-autofocus={withReason ? undefined : true} rightSection={withReason ? <Kbd of="Mod+Enter" /> : undefined}>
              {button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
