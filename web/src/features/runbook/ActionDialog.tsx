import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { serverNow } from '../../lib/serverTime'
import { ByWhen } from '../../ui/ByWhen'
import { Dialog } from '../../ui/Dialog'
import { Kbd } from '../../ui/Kbd'
import { type Asked, effectOf, needsReason, waivable } from './asking'
import type { StepCommand } from './useStepAction'
import { actionWords } from './words'

export type Said = Omit<StepCommand, 'row' | 'action'>

interface Props {
  asked: Asked
  onConfirm: (said: Said) => void
  onClose: () => void
}

const near: readonly number[] = [5, 15, 30, 60]

/** Asks once, names the effect, and takes what the action needs: a reason, a time, whom not to wait for. */
export function ActionDialog({ asked, onConfirm, onClose }: Props) {
  const { row, action, how } = asked
  const late = how === 'late'
  const choices = action === 'waive' ? waivable(row) : []
  const [text, setText] = useState('')
  const [at, setAt] = useState<number | null | undefined>(null)
  const [predecessor, setPredecessor] = useState<string | null>(choices[0] ?? null)
  const missing = (needsReason(asked) && text.trim() === '') || at === undefined || (late && at === null) || (action === 'waive' && predecessor === null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (missing) return
    const iso = at === null ? undefined : new Date(Math.min(at, late ? serverNow() : at)).toISOString()
    onConfirm({
      ...(text.trim() === '' ? {} : action === 'activate' ? { note: text.trim() } : { reason: text.trim() }),
      ...(iso === undefined ? {} : late ? { happenedAt: iso } : { expectedAt: iso }),
      ...(predecessor === null ? {} : { predecessor }),
    })
  }
  const label = actionWords[action].label
  return (
    <Dialog onClose={onClose} title={`${label}${late ? ', told late' : ''}: ${row.code} ${row.name}`}>
      <form onSubmit={submit} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event) }}>
        <Stack gap="sm">
          <Text size="sm">{effectOf(asked)}</Text>
          {late && <ByWhen label="When did it happen?" direction="past" minutes={near} value={at ?? null} onChange={setAt} required focus />}
          {action === 'waive' && choices.length === 0 && (
            <Text size="sm" role="alert">{row.code} waits for nothing by a link of its own: what its chapter waits for cannot be waived for one step.</Text>
          )}
          {choices.length > 0 && (
            <Select label="No longer wait for" data={choices} value={predecessor} onChange={setPredecessor} allowDeselect={false} comboboxProps={{ withinPortal: true }} />
          )}
          <Textarea
            data-autofocus={!late || undefined} autosize minRows={2} maxRows={8} maxLength={2000} value={text} required={needsReason(asked)}
            label={action === 'activate' ? 'Text for the team (may be left empty)' : 'Reason'}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {action === 'block' && <ByWhen label="When should it go on? (leave empty if nobody knows)" minutes={near} value={at ?? null} onChange={setAt} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Back</Button>
            <Button type="submit" color={action === 'fail' || action === 'cancel' ? 'red' : 'blue'} disabled={missing} rightSection={<Kbd of="Mod+Enter" />}>
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
