import { Button, CloseButton, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconLock, IconMoodEmpty } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './states.module.css'

/** Nothing is here, why, and what to do about it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <Stack className={classes.state} align="center" gap={6}>
      <IconMoodEmpty size={30} stroke={1.4} aria-hidden className="dim" />
      <Text fw={600}>{title}</Text>
      {children !== undefined && <Text c="dimmed" ta="center" maw={460} size="sm" component="div">{children}</Text>}
      {action}
    </Stack>
  )
}

export interface ProblemLike {
  title: string
  detail: string
  hint: string | null
  status: number
}

/** Something could not be shown: what happened, what was not lost, what to do. No rights has its own face. */
export function ErrorState({ problem, onRetry }: { problem: ProblemLike; onRetry?: () => void }) {
  const forbidden = problem.status === 403
  const Icon = forbidden ? IconLock : IconCloudOff
  return (
    <Stack className={classes.state} align="center" gap={6} role="alert">
      <Icon size={30} stroke={1.4} aria-hidden className="dim" />
      <Text fw={600}>{problem.title}</Text>
      <Text ta="center" maw={460} size="sm">{problem.detail}</Text>
      {problem.hint !== null && <Text c="dimmed" ta="center" maw={460} size="sm">{problem.hint}</Text>}
      {onRetry && !forbidden && <Button variant="default" mt={6} onClick={onRetry}>Try again</Button>}
    </Stack>
  )
}

/** Rows that are on their way. */
export function LoadingRows({ rows = 12, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <Stack gap={8} p="md" aria-busy role="status">
      <span className="visually-hidden">{label}…</span>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={14} width={`${92 - ((i * 37) % 40)}%`} radius="sm" />
      ))}
    </Stack>
  )
}

/** A notice that stays where it is until it is closed: a lost race, a refusal. */
export function Notice({ title, children, onClose, color = 'orange' }: {
  title: string
  children?: ReactNode
  onClose?: () => void
  color?: 'orange' | 'red'
}) {
  return (
    <div className={classes.notice} data-tone={color} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <b>{title}</b>{' '}
        {children}
      </div>
      {onClose && <CloseButton size="sm" aria-label="Close this notice" onClick={onClose} />}
    </div>
  )
}
