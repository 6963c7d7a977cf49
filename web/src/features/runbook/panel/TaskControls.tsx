import { Menu } from '@mantine/core'
import { useState } from 'react'
import { controlColors, controlEffect, controlLabels, standingWords } from '../../../api/controlWords'
import { useControlAction } from '../../../api/controls'
import { useWhyOffline } from '../../../api/live/context'
import { asProblem } from '../../../api/problem'
import type { ControlAction, Task } from '../../../api/types'
import { clock, millis } from '../../../lib/time'
import { AskReason } from '../../../ui/AskReason'
import { ControlMark } from '../../../ui/ControlMark'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useZone } from '../../../ui/zone'
import classes from './panel.module.css'

type Control = Task['controls'][number]

const whoWords = ({ producer, validator }: Control): string =>
  [producer === null ? '' : `shown by ${producer}`, validator === null ? '' : `validated by ${validator}`].filter(Boolean).join(', ')

function ControlItem({ iterationId, control }: { iterationId: string; control: Control }) {
  const { zone } = useZone()
  const offline = useWhyOffline()
  const [asked, ask] = useState<ControlAction | null>(null)
  const act = useControlAction(iterationId)
  const say = (action: ControlAction, reason?: string) => {
    ask(null)
    act.mutate({ control, action, ...(reason ? { reason } : {}) })
  }
  const at = millis(control.at)
  const said = [standingWords(control), at === null ? '' : clock(at, zone)].filter(Boolean).join(' · ')
  const who = [whoWords(control), said].filter(Boolean).join(' · ')
  return (
    <li data-control={control.code}>
      <span className={classes.controlState}><ControlMark state={control.state} overridden={control.overridden} /></span>
      <span>
        <span className="num dim">{control.code}</span> {control.name}
        {control.critical && <span className={classes.critical} title="It holds its step until it has passed">critical</span>}
        {who !== '' && <span className="dim"> · {who}</span>}
        {control.allowedActions.length > 0 && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <button type="button" className={classes.quiet} disabled={offline !== null || act.isPending}>{act.isPending ? 'Being saved…' : 'Validate…'}</button>
            </Menu.Target>
            <Menu.Dropdown>
              {control.allowedActions.map((action) => (
                <Menu.Item key={action} onClick={() => (action === 'pass' ? say(action) : ask(action))}>{controlLabels[action]}</Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {act.isError && <ProblemNotice problem={asProblem(act.error)} onClose={() => act.reset()} />}
      </span>
      {asked && (
        <AskReason
          title={`${controlLabels[asked]}: ${control.code}`} effect={controlEffect(control, asked)} onClose={() => ask(null)}
          choices={[{ value: asked, label: controlLabels[asked], color: controlColors[asked] }]} onChoose={say}
        />
      )}
    </li>
  )
}

/** What a task has to show before it is believed: code, name, how far it is, by whom; and to validate it, for who may. */
export function TaskControls({ iterationId, controls }: { iterationId: string; controls: Control[] }) {
  if (controls.length === 0) return null
  return (
    <ul className={classes.controls} aria-label="Controls">
      {controls.map((control) => <ControlItem key={control.code} iterationId={iterationId} control={control} />)}
    </ul>
  )
}
