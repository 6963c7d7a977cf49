import { Checkbox, Loader } from '@mantine/core'
import { useWhyOffline } from '../../../api/live/context'
import type { StepRow, Task, TaskMark } from '../../../api/types'
import { clock, millis } from '../../../lib/time'
import { say } from '../../../ui/notify'
import { TaskVerdict } from '../../../ui/TaskVerdict'
import { useZone } from '../../../ui/zone'
import { useTaskAction } from '../useStepAction'
import { TaskControls } from './TaskControls'
import classes from './panel.module.css'

function doneWords(task: Task, zone: string): string {
  const at = millis(task.doneAt)
  const why = [task.doneBy, task.reason].filter(Boolean).join(': ')
  if (task.state === 'not_applicable') return `Does not apply · ${why}`
  if (task.state === 'failed') return `Failed · ${why}`
  if (task.state !== 'done') return ''
  return `${task.doneBy ?? 'Done'}${at === null ? '' : ` · ${clock(at, zone)}`}`
}

function TaskRow({ iterationId, row, task }: { iterationId: string; row: StepRow; task: Task }) {
  const { zone } = useZone()
  const offline = useWhyOffline()
  const tick = useTaskAction(iterationId, row)
  const next: TaskMark = task.state === 'done' || task.state === 'not_applicable' ? 'undone' : 'done'
  const action = task.allowedActions.includes(next) ? next : undefined
  const press = () => {
    if (offline !== null) { say(offline, 'orange'); return; }
    if (action && !tick.isPending) tick.mutate({ task, action })
  }
  const words = [doneWords(task, zone), task.nominee === null ? '' : `For ${task.nominee}`, task.required ? '' : 'Optional'].filter(Boolean).join(' · ')
  return (
    <div className={classes.task} data-task={task.code} data-done={task.state === 'done' || undefined} data-failed={task.state === 'failed' || undefined}>
      {tick.isPending
        ? <Loader size={16} aria-label="Being saved" />
        : <Checkbox size="xs" id={task.id} checked={task.state === 'done'} indeterminate={task.state === 'not_applicable'} {...(task.state === 'failed' ? { color: 'red' } : {})} disabled={!action || offline !== null} onChange={press} />}
      <label htmlFor={task.id}>{task.title}</label>
      {task.instructions !== '' && <small>{task.instructions}</small>}
      {words !== '' && <small className="num">{words}</small>}
      <div className={classes.verdict}><TaskVerdict
        title={`${task.code} ${task.title}`} actions={task.allowedActions} disabled={offline !== null || tick.isPending}
        onSay={(verdict, reason) => tick.mutate({ task, action: verdict, reason })}
      /></div>
      <TaskControls iterationId={iterationId} controls={task.controls} />
    </div>
  )
}

/** The step's tasks. A tick shows as being saved until the server has it; only then is it a tick. */
export function TaskList({ iterationId, row, tasks }: { iterationId: string; row: StepRow; tasks: Task[] }) {
  return <div>{tasks.map((task) => <TaskRow key={task.id} iterationId={iterationId} row={row} task={task} />)}</div>
}
