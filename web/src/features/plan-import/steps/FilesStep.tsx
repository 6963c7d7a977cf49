import { Button, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PlanImport } from '../../../api/types'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { type Chosen, nameOf, sizeOf, whyNotSent } from '../files/chosen'
import { DropZone } from '../files/DropZone'
import { SendingNow } from '../files/SendingNow'
import { useSend } from '../files/useSend'
import { bytes, few } from '../model/words'
import classes from '../plan-import.module.css'

function WhatWasChosen({ chosen: { files, leftOut } }: { chosen: Chosen }) {
  const [first] = files
  return (
    <p className={classes.chosen} role="status">
      <b>{files.length === 1 ? first?.file.name : nameOf(files)}</b>
      <span className="dim num">
        {files.length > 1 && <>{few(files.length, 'file')}, packed into one · </>}{bytes(sizeOf(files))}
        {leftOut > 0 && <> · {few(leftOut, 'hidden file is', 'hidden files are')} left out</>}
      </span>
    </p>
  )
}

/** The first step: which files, and how they are meant. Nothing is sent before it is asked for. */
export function FilesStep({ migrationId, onSent }: { migrationId: string; onSent: (found: PlanImport) => void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [plan, setPlan] = useState('')
  const [replace, setReplace] = useState(false)
  const { state, problem, send, forget } = useSend(migrationId, onSent)
  const why = chosen === null ? null : whyNotSent(chosen)
  return (
    <div className={classes.step}>
      <h2>Files</h2>
      <p className={classes.lead}>
        Confluence export (a folder, a ZIP or one page), runsheet as CSV or Excel, MS Project XML, Markdown checklist, or a plan file (YAML, JSON). What it is, is
        seen by what is in it. Nothing of any plan is changed before you take it over.
      </p>
      {state.step !== 'idle' ? <SendingNow state={state} /> : (
        <DropZone
          disabled={false}
          onChosen={(next) => {
            forget()
            setChosen(next)
          }}
        >
          <b>Drop files, a folder or a ZIP here</b>, or choose them. Up to 100 MB.
        </DropZone>
      )}
      {chosen !== null && why === null && <WhatWasChosen chosen={chosen} />}
      {chosen !== null && why !== null && <p className="visually-hidden" role="alert">{why}</p>}
      {problem !== null && <ProblemNotice problem={problem} onClose={forget} />}
      <div className={classes.options}>
        <TextInput
          label="Name of the plan" description="Only where it should not be the one the files say, or the name of the file." value={plan} maxLength={300}
          disabled={state.step !== 'idle'} onChange={(event) => setPlan(event.currentTarget.value)}
        />
        <Switch
          label="Replace: what these files do not contain is removed" checked={replace} disabled={state.step !== 'idle'}
          description="Off, a file never removes what it does not name: it adds and changes. On, it is taken for the whole plan."
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      </div>
      <div className={classes.buttons}>
        <Button
          size="sm" disabled={chosen === null || why !== null} loading={state.step !== 'idle'} aria-describedby={chosen === null || why !== null ? 'why-not-read' : undefined}
          onClick={() => chosen && void send(chosen, { plan, replace })}
        >
          Read {chosen !== null && chosen.files.length > 1 ? few(chosen.files.length, 'file') : 'it'}
        </Button>
        {chosen === null && <span id="why-not-read" className="dim">Choose files first.</span>}
        {why !== null && <span id="why-not-read" className={classes.stop}>{why}</span>}
      </div>
    </div>
  )
}
