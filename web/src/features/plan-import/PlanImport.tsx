import { Link, useNavigate } from '@tanstack/react-router'
import { importPaths } from '../../lib/importPaths'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { DropZone } from './files/DropZone'
import { SendingNow } from './files/SendingNow'
import { useSend } from './files/useSend'
import classes from './plan-import.module.css'

/** Below a long list of plans a refusal would be said where nobody looks. */
const inSight = (notice: HTMLElement | null) => notice?.scrollIntoView({ block: 'nearest' })

/** The small door to an import: what is dropped is read, and the page that follows says what it would change. */
export function PlanImport({ migrationId, migrationKey }: { migrationId: string; migrationKey: string }) {
  const navigate = useNavigate()
  const { state, problem, send, forget } = useSend(migrationId, ({ id }) => void navigate({ href: importPaths.one(migrationKey, id) }))
  return (
    <div className={classes.panel}>
      {state.step !== 'idle' ? <SendingNow state={state} /> : (
        <DropZone disabled={false} onChosen={(chosen) => void send(chosen, { plan: '', replace: false })}>
          <b>Drop a plan here</b>: files, a folder or a ZIP. You see what it would change before anything is.{' '}
          <Link to={importPaths.begin(migrationKey)}>With options</Link>
        </DropZone>
      )}
      {problem !== null && <div ref={inSight}><ProblemNotice problem={problem} onClose={forget} /></div>}
    </div>
  )
}
