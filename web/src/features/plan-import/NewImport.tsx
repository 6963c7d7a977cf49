import type { PlanImport } from '../../api/types'
import { Card } from '../../ui/Card'
import { firstRail } from './model/rail'
import classes from './plan-import.module.css'
import { Rail } from './Rail'
import { FilesStep } from './steps/FilesStep'

/** An import before there is one. */
export function NewImport({ migrationId, onSent }: { migrationId: string; onSent: (found: PlanImport) => void }) {
  return (
    <div className={classes.wizard}>
      <Rail steps={firstRail()} />
      <Card className={classes.stage}><FilesStep migrationId={migrationId} onSent={onSent} /></Card>
    </div>
  )
}
