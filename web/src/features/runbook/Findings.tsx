import { Alert, List } from '@mantine/core'
import type { StartCheck } from '../../api/types'

type Found = StartCheck['findings']

/** Whether one of them lets it not happen. */
export const stops = (findings: Found): boolean => findings.some(({ severity }) => severity === 'error')

/** What a check found before a button is pressed, in the server's sentences; nothing where it found nothing. */
export function Findings({ findings, stopping, warning }: { findings: Found; stopping: string; warning: string }) {
  if (findings.length === 0) return null
  const errors = stops(findings)
  return (
    <Alert color={errors ? 'red' : 'orange'} title={errors ? stopping : warning} p="xs">
      <List size="sm" spacing={2}>
        {findings.map((finding) => <List.Item key={`${finding.code}${finding.stepCode ?? ''}`}>{finding.sentence}</List.Item>)}
      </List>
    </Alert>
  )
}
