import { type NotificationData, notifications } from '@mantine/notifications'
import { Text } from '@mantine/core'
import type { ProblemLike } from './states'

let told = 0

/**
 * Puts a notice up, or into the place of the one that says the same already. Its time begins anew: the millisecond
 * more or less is what makes the clock of a notice start again.
 */
function put(notice: NotificationData & { id: string }): void {
  told += 1
  const { autoClose } = notice
  const fresh = typeof autoClose === 'number' ? { ...notice, autoClose: autoClose + (told % 2) } : notice
  notifications.update(fresh)
  notifications.show(fresh)
}

interface How {
  /** Where buttons at the bottom are what the thumb goes for. */
  above?: boolean
  /** What it is about: of the same, the newer word takes the place of the older. Otherwise equal words do. */
  about?: string
}

/** A short word that goes away by itself. */
export function say(message: string, color = 'gray', { above = false, about }: How = {}): void {
  put({ id: about ?? message, message, color, autoClose: 4_000, withBorder: true, ...(above ? { position: 'top-center' } : {}) })
}

/** The one way errors come up: what happened and what to do. Sticky ones stay until they are closed. */
export function sayProblem(problem: ProblemLike, { sticky = false, about }: { sticky?: boolean; about?: string } = {}): void {
  put({
    // Equal problems replace each other: a cut line must not paper the screen.
    id: about ?? `${problem.title}${problem.detail}`,
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
