import { ActionIcon, Button } from '@mantine/core'
import { IconLock, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { PlanType, PlanWhole } from '../../../api/plan'
import { Card } from '../../../ui/Card'
import { useEditor } from '../context'
import classes from '../editor.module.css'
import { useRemove } from '../useRemove'
import { behaviourWords, TypeDialog } from './TypeDialog'

/** How many steps are of each type: counted here, since steps change more often than types are asked for. */
function usedTypes({ macroPhases }: PlanWhole): Map<string, number> {
  const used = new Map<string, number>()
  for (const { chapters } of macroPhases) for (const { steps } of chapters) for (const { type } of steps) used.set(type, (used.get(type) ?? 0) + 1)
  return used
}

/** The types that steps may be of: the nine of every plan, and its own. */
export function TypesTab() {
  const { plan, mayEdit } = useEditor()
  const used = useMemo(() => usedTypes(plan), [plan])
  const [asked, setAsked] = useState<PlanType | 'new' | null>(null)
  const { remove, dialog } = useRemove()
  return (
    <div className={classes.scroll}>
      <header>
        <p>The standard types are in every plan and stay as they are. A plan may have types of its own beside them.</p>
        {mayEdit && <Button size="sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAsked('new')}>Add a type</Button>}
      </header>
      <Card className={classes.sheet ?? ''}>
        <table className={classes.table} aria-label="Types of step">
          <thead><tr><th>Code</th><th>Type</th><th>Behaviour</th><th>Steps</th>{mayEdit && <th><span className="visually-hidden">What to do</span></th>}</tr></thead>
          <tbody>
            {plan.types.map((type) => (
              <tr key={type.code} data-type={type.code}>
                <td><b className="num">{type.code}</b></td>
                <td>{type.name}</td>
                <td>{behaviourWords[type.behaviour]}</td>
                <td className="num" data-label="Steps">{used.get(type.code) ?? 0}<span className="visually-hidden"> steps</span></td>
                {mayEdit && <td>{type.own
                  ? <span className={classes.rowActs}>
                      <ActionIcon variant="default" size={28} aria-label={`Edit ${type.code}`} onClick={() => setAsked(type)}><IconPencil size={15} /></ActionIcon>
                      <ActionIcon variant="default" size={28} aria-label={`Remove ${type.code}`} onClick={() => remove('type', type.code)}><IconTrash size={15} /></ActionIcon>
                    </span>
                  : <span className={`${classes.rowActs} dim`}><IconLock size={14} aria-hidden /> Standard</span>}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      {asked !== null && <TypeDialog type={asked === 'new' ? null : asked} onClose={() => setAsked(null)} />}
      {dialog}
    </div>
  )
}
