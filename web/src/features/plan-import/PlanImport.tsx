import { Button, CloseButton } from '@mantine/core'
import { IconAlertOctagon, IconCircleCheck, IconEqual } from '@tabler/icons-react'
import { useState } from 'react'
import { asProblem } from '../../api/problem'
import type { PlanCommit, PlanImport as Found } from '../../api/types'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { Notice } from '../../ui/states'
import { Differences } from './Differences'
import { DropFile } from './DropFile'
import { changesOf, verdict, whyNotSent } from './findings'
import { FindingsTable } from './FindingsTable'
import { usePlanImport } from './usePlanImport'
import classes from './plan-import.module.css'

const tones = {
  stop: { icon: IconAlertOctagon, color: 'var(--t-red)' },
  go: { icon: IconCircleCheck, color: 'var(--t-green)' },
  same: { icon: IconEqual, color: 'var(--t-dim)' },
} as const

function Verdict({ file, found }: { file: string; found: Found }) {
  const { tone, text } = verdict(found)
  const { icon: Icon, color } = tones[tone]
  return (
    <p className={classes.verdict} role="status">
      <Icon size={18} aria-hidden style={{ color }} /> <span><b>{file}</b>: {text}</span>
    </p>
  )
}

function Written({ done, onClose }: { done: PlanCommit; onClose: () => void }) {
  const changes = `${done.changes} ${done.changes === 1 ? 'change was' : 'changes were'} taken over`
  return (
    <p className={classes.written} role="status">
      <IconCircleCheck size={18} aria-hidden />
      <span>
        <b>Version {done.number} is written as a draft.</b> {changes}. Another pilot approves it; then iterations can
        be made from it.
      </span>
      <CloseButton size="sm" aria-label="Close this notice" onClick={onClose} />
    </p>
  )
}

interface Props {
  migrationId: string
  /** Whether a version is still to be approved: what was said of it when it was written ends there. */
  isDraft: (versionId: string) => boolean
}

/** A plan file from dropping it to the draft it becomes: findings, differences, and one button that does it. */
export function PlanImport({ migrationId, isDraft }: Props) {
  const { look, commit, clear } = usePlanImport(migrationId)
  const [refused, setRefused] = useState<string | null>(null)
  const take = (file: File) => {
    clear()
    const why = whyNotSent(file)
    setRefused(why)
    if (why === null) look.mutate(file)
  }
  const found = commit.isSuccess ? undefined : look.data
  const id = found?.id ?? null
  const ready = found !== undefined && found.canCommit && id !== null && changesOf(found) > 0
  return (
    <div className={classes.panel}>
      <DropFile busy={look.isPending ? look.variables.name : null} onFile={take} />
      {refused !== null && <Notice title="This file was not read" color="red" onClose={() => setRefused(null)}><div>{refused}</div></Notice>}
      {look.isError && <ProblemNotice problem={asProblem(look.error)} onClose={clear} />}
      {commit.isError && <ProblemNotice problem={asProblem(commit.error)} onClose={() => commit.reset()} />}
      {commit.isSuccess && isDraft(commit.data.versionId) && <Written done={commit.data} onClose={clear} />}
      {found && look.variables && (
        <>
          <Verdict file={look.variables.name} found={found} />
          <FindingsTable findings={found.findings} />
          <Differences found={found} />
          <div className={classes.buttons}>
            {ready && (
              <Button size="sm" loading={commit.isPending} onClick={() => commit.mutate(id)}>
                Take over {changesOf(found)} {changesOf(found) === 1 ? 'change' : 'changes'} into a draft
              </Button>
            )}
            <Button size="sm" variant="default" disabled={commit.isPending} onClick={clear}>{ready ? 'Discard' : 'Close'}</Button>
          </div>
        </>
      )}
    </div>
  )
}
