import { Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertOctagon, IconCircleCheck, IconEqual } from '@tabler/icons-react'
import { useState } from 'react'
import { asProblem } from '../../../api/problem'
import type { BaseDataImport } from '../../../api/types'
import { Dialog } from '../../../ui/Dialog'
import { say } from '../../../ui/notify'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { Notice } from '../../../ui/states'
import { DropList } from './DropList'
import { Changes, Findings } from './Found'
import classes from './import-people.module.css'
import { useImportPeople } from './useImportPeople'
import { doneWords, largest, verdictOf } from './words'

function Verdict({ name, found }: { name: string; found: BaseDataImport }) {
  const [Icon, color] = !found.canImport
    ? [IconAlertOctagon, 'var(--t-red)']
    : found.changes.length === 0 ? [IconEqual, 'var(--t-dim)'] : [IconCircleCheck, 'var(--t-green)']
  return (
    <p className={classes.verdict} role="status">
      <Icon size={18} aria-hidden style={{ color }} /> <span><b>{name}</b>: {verdictOf(found)}</span>
    </p>
  )
}

interface Props {
  migrationId: string
  onClose: () => void
}

/** People, teams and places from a file: dropped, looked at, confirmed. All of it is taken, or nothing. */
export function ImportPeople({ migrationId, onClose }: Props) {
  const { look, commit, clear } = useImportPeople(migrationId, ({ name }, done) => {
    say(doneWords(name, done))
    onClose()
  })
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const file = look.variables
  const found = look.data
  const take = (chosen: File) => {
    clear()
    setTooLarge(chosen.size > largest ? chosen.name : null)
    if (chosen.size <= largest) look.mutate(chosen)
  }
  const confirm = () => {
    if (!file || !found) return
    commit.mutate({ file, mark: found.mark })
  }
  const count = found?.changes.length ?? 0
  return (
    <Dialog title="Import people and teams" size="xl" onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm">
          All of the file is taken, or nothing. What is there and not in it stays; roles and teams are added to people, and none is taken away.
          New people sign in with a link.
        </Text>
        <DropList busy={look.isPending && file ? file.name : null} onFile={take} />
        {tooLarge !== null && (
          <Notice title="This file was not read" color="red" onClose={() => setTooLarge(null)}>{tooLarge} is larger than 5 MB, which no list of people is.</Notice>
        )}
        {look.isError && <ProblemNotice problem={asProblem(look.error)} onClose={clear} />}
        {commit.isError && <ProblemNotice problem={asProblem(commit.error)} onClose={clear} />}
        {found && file && !commit.isError && (
          <>
            <Verdict name={file.name} found={found} />
            <Findings findings={found.findings} />
            <Changes changes={found.changes} />
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" disabled={commit.isPending} onClick={onClose}>{count > 0 ? 'Cancel' : 'Close'}</Button>
          {found?.canImport && count > 0 && !commit.isError && (
            <Button size="sm" loading={commit.isPending} onClick={confirm}>Import {count} {count === 1 ? 'change' : 'changes'}</Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  )
}
