import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { planItemQuery, type PlanTask } from '../../../api/plan'
import { useEditor } from '../context'
import { ChoiceField, ManyField, YesField } from './ChoiceFields'
import classes from './panel.module.css'
import { TextField } from './TextField'

/** All fields of a task. */
export function TaskFields({ task }: { task: PlanTask }) {
  const { plan } = useEditor()
  const whole = useQuery(planItemQuery(plan.id, 'task', task.code))
  const of = { level: 'task', code: task.code } as const
  return (
    <div className={classes.taskFields}>
      <TextField {...of} field="title" label="Title" value={task.title} />
      <div className={classes.two}>
        <TextField {...of} field="code" label="Code" value={task.code} />
        <YesField {...of} field="required" label="Needed" value={task.required} hint="Its step is not complete before it is done" />
        <ChoiceField {...of} field="team" label="Team" value={task.team} all={plan.teams} hint="Where it is not the step's" />
        <TextField {...of} field="nominee" label="Nominee" value={task.nominee} placeholder="Mail or name" />
      </div>
      <ManyField {...of} field="controls" label="Controls" value={task.controls} all={plan.controls} />
      {whole.isPending ? <Skeleton height={50} radius="sm" /> : <TextField {...of} field="instructions" label="Instructions" value={whole.data?.instructions ?? ''} long />}
    </div>
  )
}
