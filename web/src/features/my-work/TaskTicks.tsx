import { Loader } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import type { Task, WorkItem } from '../../api/types'
import { clock, millis } from '../../lib/time'
import { TaskVerdict } from '../../ui/TaskVerdict'
import { useTick } from './useWork'
import classes from './work.module.css'

function Box({ task, busy }: { task: Task; busy: boolean }) {
  if (busy) return <span className={classes.box}><Loader size={16} /></span>
  if (task.state === 'failed') return <span className={classes.box} data-failed><IconX size={18} aria-hidden /></span>
  return <span className={classes.box} data-done={task.state === 'done' || undefined}>{task.state === 'done' && <IconCheck size={18} stroke={3} aria-hidden />}</span>
}

function note(task: Task, zone: string): string {
  const at = millis(task.doneAt)
  if (task.state === 'done') return [task.doneBy, at === null ? null : clock(at, zone)].filter(Boolean).join(' · ')
  if (task.state !== 'open') return [task.state === 'failed' ? 'Failed' : 'Does not apply', task.doneBy, task.reason].filter(Boolean).join(' · ')
  return [task.nominee === null ? null : `For ${task.nominee}`, task.required ? null : 'Optional'].filter(Boolean).join(' · ')
}

/** The controls that a task is to satisfy: C12 Balances agree (critical, passed). */
const controlWords = ({ code, name, critical, state, overridden }: Task['controls'][number]): string =>
  `${code} ${name} (${critical ? 'critical, ' : ''}${overridden ? 'passed by order' : state})`

function TaskTick({ item, task, off, zone }: { item: WorkItem; task: Task; off: boolean; zone: string }) {
  const tick = useTick(item, task)
  const next = task.state === 'done' || task.state === 'not_applicable' ? 'undone' : 'done'
  const shut = off || tick.isPending || !task.allowedActions.includes(next)
  const done = task.state === 'done'
  return (
    <li>
      <button
        type="button" role="checkbox" aria-checked={done} aria-busy={tick.isPending} className={classes.task}
        aria-disabled={shut} onClick={() => shut || tick.mutate({ action: next })}
      >
        <Box task={task} busy={tick.isPending} />
        <span className={classes.taskText}>
          <span className={done ? classes.ticked : undefined}>{task.title}</span>
          <small className="dim">
            <span className="num">{task.code}</span>{note(task, zone) !== '' && ` · ${note(task, zone)}`}
          </small>
        </span>
      </button>
      {task.instructions && <p className={classes.taskHow}>{task.instructions}</p>}
      {task.controls.length > 0 && <p className={classes.taskHow}>Shows {task.controls.map(controlWords).join('; ')}</p>}
      <div className={classes.taskSay}>
        <TaskVerdict
          title={`${task.code} ${task.title}`} actions={task.allowedActions} disabled={off || tick.isPending}
          onSay={(action, reason) => tick.mutate({ action, reason })}
        />
      </div>
    </li>
  )
}

/** A step's tasks with targets for a thumb. A tick is shown as done only once the server has said so. */
export function TaskTicks({ item, off, zone }: { item: WorkItem; off: boolean; zone: string }) {
  if (item.tasks.length === 0) return null
  return (
    <ul className={classes.tasks} aria-label={`Tasks of ${item.step.code}`}>
      {item.tasks.map((task) => <TaskTick key={task.id} item={item} task={task} off={off} zone={zone} />)}
    </ul>
  )
}
