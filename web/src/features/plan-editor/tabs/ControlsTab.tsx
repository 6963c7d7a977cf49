import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { PlanControl, PlanWhole } from '../../../api/plan'
import { Card } from '../../../ui/Card'
import { EmptyState } from '../../../ui/states'
import { useEditor } from '../context'
import classes from '../editor.module.css'
import { useRemove } from '../useRemove'
import { ControlDialog } from './ControlDialog'

interface Carrier { task: string; step: string }

/** Which tasks carry each control. */
function carriersOf({ macroPhases }: PlanWhole): Map<string, Carrier[]> {
  const carriers = new Map<string, Carrier[]>()
  for (const { chapters } of macroPhases) for (const { steps } of chapters) for (const step of steps) for (const task of step.tasks) {
    for (const code of task.controls) carriers.set(code, [...(carriers.get(code) ?? []), { task: task.code, step: step.code }])
  }
  return carriers
}

const carriersShown = 6

function Carriers({ carriers }: { carriers: readonly Carrier[] }) {
  const { open } = useEditor()
  const [most, setMost] = useState(carriersShown)
  if (carriers.length === 0) return <span style={{ color: 'var(--t-amber)' }}><IconAlertTriangle size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> No task</span>
  return (
    <>
      {carriers.slice(0, most).map(({ task, step }, i) => (
        <span key={task}>{i > 0 && ', '}<button type="button" className={`${classes.go} num`} onClick={() => open(step)}>{task}</button></span>
      ))}
      {carriers.length > most && <>{' '}<button type="button" className={classes.go} onClick={() => setMost(carriers.length)}>and {carriers.length - most} more</button></>}
    </>
  )
}

/** All that is to be shown, by whom, to whom, and where in the plan it is done. */
export function ControlsTab() {
  const { plan, mayEdit } = useEditor()
  const carriers = useMemo(() => carriersOf(plan), [plan])
  const [asked, setAsked] = useState<PlanControl | 'new' | null>(null)
  const { remove, dialog } = useRemove()
  const teams = new Map(plan.teams.map(({ code, name }) => [code, name]))
  const add = mayEdit && <Button size="sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAsked('new')}>Add a control</Button>
  return (
    <div className={classes.scroll}>
      <header><p>A control is something that is to be shown: one team produces the evidence, another validates it. Tasks carry it.</p>{plan.controls.length > 0 && add}</header>
      <Card className={classes.sheet ?? ''}>
        {plan.controls.length === 0
          ? <EmptyState title="No controls yet" action={add}>Nothing in this plan has to be shown to anybody.</EmptyState>
          : (
            <table className={classes.table} aria-label="Controls">
              <thead><tr><th>Code</th><th>Control</th><th>Producer</th><th>Validator</th><th>Critical</th><th>Carried by</th>{mayEdit && <th><span className="visually-hidden">What to do</span></th>}</tr></thead>
              <tbody>
                {plan.controls.map((control) => (
                  <tr key={control.code} data-control={control.code}>
                    <td><b className="num">{control.code}</b></td>
                    <td className={classes.wide}>{control.name}{control.description !== '' && <small>{control.description}</small>}</td>
                    <td data-label="Producer">{control.producer === null ? <span className="dim">None</span> : (teams.get(control.producer) ?? control.producer)}</td>
                    <td data-label="Validator">{control.validator === null ? <span className="dim">None</span> : (teams.get(control.validator) ?? control.validator)}</td>
                    <td data-label="Critical" className={classes.short}>{control.critical ? <span className={classes.critical}>Critical</span> : <span className="dim">No</span>}</td>
                    <td data-label="Carried by"><Carriers carriers={carriers.get(control.code) ?? []} /></td>
                    {mayEdit && <td><span className={classes.rowActs}>
                      <ActionIcon variant="default" size={28} aria-label={`Edit ${control.code}`} onClick={() => setAsked(control)}><IconPencil size={15} /></ActionIcon>
                      <ActionIcon variant="default" size={28} aria-label={`Remove ${control.code}`} onClick={() => remove('control', control.code)}><IconTrash size={15} /></ActionIcon>
                    </span></td>}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
      </Card>
      {asked !== null && <ControlDialog control={asked === 'new' ? null : asked} onClose={() => setAsked(null)} />}
      {dialog}
    </div>
  )
}
