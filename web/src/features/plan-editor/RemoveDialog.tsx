import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Level, UsedBy } from '../../api/plan'
import type { ApiProblem } from '../../api/problem'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useEditor } from './context'
import { levelWord } from './model/tree'
import classes from './editor.module.css'

export interface Used { level: Level; code: string; usedBy: UsedBy[] }

const how: Record<UsedBy['how'], string> = { inside: 'is in it', waits: 'waits for it', carries: 'carries it', isOf: 'is of it', undoes: 'undoes it' }
const shownMost = 40

/** What names a thing that is to go: shown whole before it goes with it. A type that steps are of never goes. */
export function RemoveDialog({ used, onRemoved, onClose }: { used: Used; onRemoved: () => void; onClose: () => void }) {
  const { send, index } = useEditor()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const { level, code, usedBy } = used
  const kept = usedBy.some((one) => one.how === 'isOf')
  const inside = usedBy.filter((one) => one.how === 'inside').length
  const remove = () => {
    setBusy(true)
    send({
      edits: [{ op: 'remove', level, code, withContent: true }],
      onDone: onRemoved,
      onRefused: (refused) => {
        setProblem(refused)
        setBusy(false)
        return true
      },
    })
  }
  return (
    <Dialog onClose={onClose} title={`Remove ${levelWord[level] ?? ''} ${code}`}>
      <Stack gap="sm">
        <Text size="sm">
          {kept
            ? `It stays: steps are of it. Give them another type first.`
            : `${inside > 0 ? `${inside} in it ${inside === 1 ? 'goes' : 'go'} with it. ` : ''}Links of others to it go too. Undo brings all of it back.`}
        </Text>
        <ul className={classes.used} aria-label="What names it">
          {usedBy.slice(0, shownMost).map((one) => (
            <li key={`${one.level} ${one.code} ${one.how}`}><b className="num">{one.code}</b> <span>{one.name || index.places.get(one.code)?.item.name}</span> <small className="dim">{how[one.how]}</small></li>
          ))}
        </ul>
        {usedBy.length > shownMost && <Text size="xs" c="dimmed">and {usedBy.length - shownMost} more</Text>}
        {problem && <ProblemNotice problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose} {...(kept ? { 'data-autofocus': true } : {})}>Keep it</Button>
          {!kept && <Button size="sm" color="red" loading={busy} onClick={remove} data-autofocus>Remove {code}{usedBy.length > 0 ? ' with all that' : ''}</Button>}
        </Group>
      </Stack>
    </Dialog>
  )
}
