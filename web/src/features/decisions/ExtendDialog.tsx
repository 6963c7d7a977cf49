import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import type { Decision } from '../../api/types'
import { millis } from '../../lib/time'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useKeepDecision } from './useDecisions'
import { deadlineMinutes } from './words'

/** A later deadline; what ended without a decision is open again. */
export function ExtendDialog({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  const [at, setAt] = useState<number | null | undefined>(null)
  const extend = useKeepDecision(decision, onClose)
  const send = () => { if (at) extend.mutate({ act: 'extend', deadline: new Date(at).toISOString() }) }
  return (
    <Dialog onClose={onClose} title={`Extend “${decision.question}”`}>
      <form onSubmit={(event) => { event.preventDefault(); send() }}>
        <Stack gap="sm">
          {decision.status === 'ended' && <Text size="sm">It ended without a decision. With a later deadline it is open again, and links in earlier messages work again.</Text>}
          <ByWhen label="New deadline" value={at ?? null} required from={millis(decision.deadline)} minutes={deadlineMinutes} onChange={setAt} />
          {extend.isError && <ProblemNotice problem={asProblem(extend.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Leave it</Button>
            <Button type="submit" disabled={!at} loading={extend.isPending}>Extend</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
