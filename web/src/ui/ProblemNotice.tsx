import { Text } from '@mantine/core'
import { Notice, type ProblemLike } from './states'

/** A refusal where it happened: what, why, what to do. It stays until it is closed, or what it was about is gone. */
export function ProblemNotice({ problem, title, onClose }: { problem: ProblemLike; title?: string; onClose?: () => void }) {
  return (
    <Notice title={title ?? problem.title} color={problem.status === 409 ? 'orange' : 'red'} {...(onClose ? { onClose } : {})}>
      <Text size="sm">{problem.detail}</Text>
      {problem.hint !== null && <Text size="sm" c="dimmed">{problem.hint}</Text>}
    </Notice>
  )
}
