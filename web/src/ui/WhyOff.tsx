import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** Beside a button that is off: why it is. */
export function WhyOff({ children }: { children: ReactNode }) {
  return <Text size="xs" c="dimmed" mr="auto" maw="100%" role="status" data-testid="why-off">{children}</Text>
}
