import { Link, useParams } from '@tanstack/react-router'
import type { Board, Control } from '../../api/types'
import { ControlsList } from '../../features/controls/ControlsList'
import { AddEvidence } from '../../features/evidence/AddEvidence'
import { EvidenceItems } from '../../features/evidence/EvidenceItems'
import { paths } from '../../lib/paths'
import { IterationHead } from '../iteration/IterationHead'
import { WithBoard } from '../iteration/WithBoard'
import classes from './controls-page.module.css'

function View({ board: { iteration } }: { board: Board }) {
  const { key } = iteration.migration
  const evidence = (control: Control) => (
    <>
      <EvidenceItems iterationId={iteration.id} items={control.evidence} />
      {control.mayAdd && <AddEvidence aim={{ iterationId: iteration.id, controlCode: control.code }} />}
    </>
  )
  return (
    <div className={classes.page}>
      <IterationHead iteration={iteration} here="controls" />
      <ControlsList
        iterationId={iteration.id} evidence={evidence}
        stepLink={(code) => <Link to={paths.runsheet(key, iteration.name, { step: code })} className="num">{code}</Link>}
        decisionsLink={(words) => <Link to={paths.decisions(key, iteration.name)}>{words}</Link>}
      />
    </div>
  )
}

/** /migrations/$key/iterations/$name/controls: what has to be shown on the night, and what was. */
export function ControlsPage() {
  const { key, name } = useParams({ from: '/signed-in/migrations/$key/iterations/$name/controls' })
  return (
    <WithBoard migrationKey={key} name={name} loading="Loading the controls">
      {(board) => <View board={board} />}
    </WithBoard>
  )
}
