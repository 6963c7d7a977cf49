import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import { Dialog } from '../../ui/Dialog'
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
  /** What else should be known before it is pressed. */
  more?: ReactNode
  /** It cannot be pressed: `more` says why. */
  stopped?: boolean
  onConfirm: (text: string) => void
  onClose: () => void
}

/** Asks once, names the effect, takes a reason or a text where one is needed. */
export function ReasonDialog({ title, effect, button, color = 'blue', label = 'Reason', withReason = true, required = false, more, stopped = false, onConfirm, onClose }: Props) {
  const [text, setText] = useState('')
  const missing = stopped || (required && text.trim() === '')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!missing) onConfirm(text.trim())
  }
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }}>
        <Stack gap="sm">
          <Text size="sm">{effect}</Text>
          {more}
          {withReason && (
            <Textarea
              data-autofocus label={label} autosize minRows={2} maxRows={8} maxLength={2000} value={text} required={required}
              onChange={(event) => setText(event.currentTarget.value)}
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
    </Dialog>
  )
}
