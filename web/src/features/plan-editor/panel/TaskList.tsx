import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { PlanStep, PlanTask } from '../../../api/plan'
import { useEditor } from '../context'
import classes from './panel.module.css'
import { Part } from './Part'
import { TaskFields } from './TaskFields'

/** STEP-1, STEP-2: the next task code of a step that is free. */
export function nextTaskCode({ code, tasks }: PlanStep): string {
  const taken = new Set(tasks.map((task) => task.code))
  for (let n = tasks.length + 1; ; n += 1) if (!taken.has(`${code}-${n}`)) return `${code}-${n}`
}

function TaskLine({ step, task, at, opened, onToggle }: { step: PlanStep; task: PlanTask; at: number; opened: boolean; onToggle: () => void }) {
  const { mayEdit, send } = useEditor()
  const { code } = task
  const Chevron = opened ? IconChevronDown : IconChevronRight
  const move = (by: 1 | -1) => {
    const before = step.tasks[by < 0 ? at - 1 : at + 2]?.code
    send({ edits: [{ op: 'move', level: 'task', code, parent: step.code, ...(before === undefined ? {} : { before }) }] })
  }
  return (
    <li className={classes.task} data-task={code}>
      <button type="button" className={classes.target} aria-expanded={opened} onClick={onToggle}>
        <Chevron size={13} aria-hidden /> <b className="num">{code}</b> <span>{task.title}</span>
        {!task.required && <small className="dim">optional</small>}
        {task.controls.length > 0 && <small className="dim num">{task.controls.join(', ')}</small>}
      </button>
      {mayEdit && <span className={classes.taskActs}>
        <ActionIcon variant="subtle" color="gray" size="sm" disabled={at === 0} aria-label={`Move ${code} up`} onClick={() => move(-1)}><IconArrowUp size={14} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" size="sm" disabled={at === step.tasks.length - 1} aria-label={`Move ${code} down`} onClick={() => move(1)}><IconArrowDown size={14} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${code}`} onClick={() => send({ edits: [{ op: 'remove', level: 'task', code }] })}><IconTrash size={14} /></ActionIcon>
      </span>}
      {opened && <TaskFields task={task} />}
    </li>
  )
}

function AddTask({ step }: { step: PlanStep }) {
  const { send } = useEditor()
  const [title, setTitle] = useState('')
  const add = () => {
    if (title.trim() === '') return
    send({ edits: [{ op: 'add', level: 'task', parent: step.code, item: { code: nextTaskCode(step), title: title.trim() } }] })
    setTitle('')
  }
  return (
    <div className={classes.addTask}>
      <TextInput size="xs" aria-label={`New task of ${step.code}`} placeholder="What is to be ticked off" value={title} onChange={(event) => setTitle(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Enter' && add()} />
      <Button variant="default" disabled={title.trim() === ''} onClick={add}>Add task</Button>
    </div>
  )
}

/** The tasks of a step in their order; each opens to its fields. */
export function TaskList({ step }: { step: PlanStep }) {
  const { mayEdit } = useEditor()
  const [opened, setOpened] = useState<string | null>(null)
  const bare = step.behaviour === 'gate' || step.behaviour === 'milestone'
  if (bare && step.tasks.length === 0) return null
  return (
    <Part title={`Tasks · ${step.tasks.length}`}>
      <ul className={classes.links}>
        {step.tasks.map((task, at) => (
          <TaskLine key={task.code} step={step} task={task} at={at} opened={opened === task.code} onToggle={() => setOpened(opened === task.code ? null : task.code)} />
        ))}
      </ul>
      {step.tasks.length === 0 && <p className={classes.note}>Nothing is to be ticked off.</p>}
      {mayEdit && !bare && <AddTask step={step} />}
    </Part>
  )
}
