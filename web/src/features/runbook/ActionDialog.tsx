import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { serverNow } from '../../lib/serverTime'
import { Kbd } from '../../ui/Kbd'
import { type Asked, effectOf, needsReason, waivable } from './asking'
import { TimeField } from './TimeField'
import type { StepCommand } from './useStepAction'
import { actionWords } from './words'

export type Said = Omit<StepCommand, 'row' | 'action'>

interface Props {
  asked: Asked
  onConfirm: (said: Said) => void
  onClose: () => void
}

/** Asks once, names the effect, and takes what the action needs: a reason, a time, whom not to wait for. */
export function ActionDialog({ asked, onConfirm, onClose }: Props) {
  const { row, action, how } = asked
  const late = how === 'late'
  const choices = action === 'waive' ? waivable(row) : []
  const [text, setText] = useState('')
  const [at, setAt] = useState<number | null>(null)
  const [predecessor, setPredecessor] = useState<string | null>(choices[0] ?? null)
  const missing = (needsReason(asked) && text.trim() === '') || (late && at === null) || (action === 'waive' && predecessor === null)
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
    <Modal opened onClose={onClose} title={`${label}${late ? ', told late' : ''}: ${row.code} ${row.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{effectOf(asked)}</Text>
          {late && <TimeField label="When did it happen?" direction="past" value={at} onChange={setAt} required focus />}
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
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
            }}
          />
          {action === 'block' && <TimeField label="When should it go on? (leave empty if nobody knows)" direction="future" value={at} onChange={setAt} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Back</Button>
            <Button type="submit" color={action === 'fail' || action === 'cancel' ? 'red' : 'blue'} disabled={missing} rightSection={<Kbd of="Mod+Enter" />}>
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
