import { notifications } from '@mantine/notifications'
import { Text } from '@mantine/core'
import type { ProblemLike } from './states'

/** A short word that goes away by itself. `above`: where buttons at the bottom are what the thumb goes for. */
export function say(message: string, color = 'gray', { above = false }: { above?: boolean } = {}): void {
  notifications.show({ message, color, autoClose: 4_000, withBorder: true, ...(above ? { position: 'top-center' } : {}) })
}

/** The one way errors come up: what happened and what to do. Sticky ones stay until they are closed. */
export function sayProblem(problem: ProblemLike, { sticky = false }: { sticky?: boolean } = {}): void {
  notifications.show({
    // Equal problems replace each other: a cut line must not paper the screen.
    id: `${problem.title}${problem.detail}`,
    color: problem.status === 409 ? 'orange' : 'red',
    title: problem.title,
    withBorder: true,
    autoClose: sticky ? false : 10_000,
    message: (
      <>
        <Text size="sm">{problem.detail}</Text>
        {problem.hint !== null && <Text size="sm" c="dimmed">{problem.hint}</Text>}
      </>
    ),
  })
}
