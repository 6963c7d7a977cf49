import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { asProblem } from '../../api/problem'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'

interface Props {
  title: string
  /** What pressing the button will do. */
  children: ReactNode
  button: string
  keep: string
  color?: string
  asking: { mutate: () => void; isPending: boolean; error: Error | null }
  onClose: () => void
}

/** Asks once and names the effect. A refusal stays in the dialog, in the server's words. */
export function AskOnce({ title, children, button, keep, color = 'red', asking, onClose }: Props) {
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="sm">
        {children}
        {asking.error && <ProblemNotice problem={asProblem(asking.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>{keep}</Button>
          <Button size="sm" color={color} loading={asking.isPending} onClick={() => asking.mutate()} data-autofocus>{button}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
