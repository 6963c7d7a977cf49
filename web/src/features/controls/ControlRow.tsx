import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconSignature } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { controlColors, controlEffect, controlLabels, standingWords } from '../../api/controlWords'
import { useControlAction } from '../../api/controls'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import type { Control, ControlAction } from '../../api/types'
import { clock, millis } from '../../lib/time'
import { AskReason } from '../../ui/AskReason'
import { ControlMark } from '../../ui/ControlMark'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useZone } from '../../ui/zone'
import { signersWords } from './filter'
import classes from './controls.module.css'

interface Props {
  iterationId: string
  control: Control
  /** What was shown for it, and a way to show more. */
  evidence: (control: Control) => ReactNode
  stepLink: (code: string) => ReactNode
  /** The way to where a second signature is given, in these words. */
  decisionsLink: (words: string) => ReactNode
}

/** Pass at once; all else asks why. */
function Acts({ iterationId, control }: Pick<Props, 'iterationId' | 'control'>) {
  const [asked, ask] = useState<ControlAction | null>(null)
  const act = useControlAction(iterationId)
  const offline = useWhyOffline()
  const say = (action: ControlAction, reason?: string) => {
    ask(null)
    act.mutate({ control, action, ...(reason ? { reason } : {}) })
  }
  return (
    <>
      <div className={classes.acts}>
        {control.allowedActions.map((action) => (
          <Button
            key={action} data-act={action} size="compact-xs" variant={action === 'pass' ? 'light' : 'default'} color={controlColors[action]} disabled={offline !== null}
            loading={act.isPending && act.variables.action === action} onClick={() => (action === 'pass' ? say(action) : ask(action))}
          >
            {controlLabels[action]}
          </Button>
        ))}
      </div>
      {act.isError && <div className={classes.wide}><ProblemNotice problem={asProblem(act.error)} onClose={() => act.reset()} /></div>}
      {asked && (
        <AskReason
          title={`${controlLabels[asked]}: ${control.code}`} effect={controlEffect(control, asked)} onClose={() => ask(null)}
          choices={[{ value: asked, label: controlLabels[asked], color: controlColors[asked] }]} onChoose={say}
        />
      )}
    </>
  )
}

/** That two people are to pass it by order, and the second has not signed yet. */
function OverrideAsked({ asked, link }: { asked: NonNullable<Control['overrideAsked']>; link: Props['decisionsLink'] }) {
  const { zone } = useZone()
  return (
    <div className={`${classes.wide} ${classes.asked}`} role="note" data-override-asked={asked.id}>
      <IconSignature size={15} aria-hidden />
      <span>
        <b>Override asked by {asked.askedBy} at <span className="num">{clock(millis(asked.askedAt) ?? 0, zone)}</span></b>
        {asked.detail !== '' && `: ${asked.detail}`} · {signersWords(asked)} {link(asked.allowedAnswers.length > 0 ? 'Sign or decline' : 'Open')}
      </span>
    </div>
  )
}

const fewPlaces = 6

function Places({ control, stepLink }: Pick<Props, 'control' | 'stepLink'>) {
  const [all, setAll] = useState(false)
  const more = control.places.length - fewPlaces
  const shown = all || more <= 1 ? control.places : control.places.slice(0, fewPlaces)
  return (
    <>
      <ul className={classes.places} aria-label="Where it is tied">
        {shown.map((place) => (
          <li key={place.taskCode}>{stepLink(place.stepCode)} {place.stepName} <span className="dim">· {place.taskCode} {place.taskTitle} · {place.stepState.replace('_', ' ')}</span></li>
        ))}
      </ul>
      {shown.length < control.places.length && <button type="button" className={classes.more} onClick={() => setAll(true)}>and {more} more</button>}
    </>
  )
}

function Details({ control, evidence, stepLink }: Omit<Props, 'iterationId' | 'decisionsLink'>) {
  return (
    <div className={classes.details}>
      {control.description !== '' && <p className={classes.description}>{control.description}</p>}
      <Places control={control} stepLink={stepLink} />
      {evidence(control)}
    </div>
  )
}

/** One control: how far, what, who; opened, where it is tied and what was shown. */
export function ControlRow({ iterationId, control, evidence, stepLink, decisionsLink }: Props) {
  const [open, setOpen] = useState(false)
  const { zone } = useZone()
  const at = millis(control.at)
  const shown = control.evidence.filter((one) => one.counted).length
  const teams = [control.producer ? `shown by ${control.producer.name}` : '', control.validator ? `validated by ${control.validator.name}` : ''].filter(Boolean).join(', ')
  const said = [standingWords(control), at === null ? '' : clock(at, zone)].filter(Boolean).join(' · ')
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <li className={classes.row} data-control={control.code}>
      <button type="button" className={classes.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron size={14} aria-hidden />
        <span className="num dim">{control.code}</span>
        <span className={classes.name}>
          {control.name}
          {control.critical && <span className={classes.critical} title="It holds its steps until it has passed">critical</span>}
          <small className="dim">{[teams, shown > 0 ? `${String(shown)} shown` : 'nothing shown'].filter(Boolean).join(' · ')}</small>
        </span>
      </button>
      <span className={classes.state}>
        <ControlMark state={control.state} overridden={control.overridden} />
        {said !== '' && <small className="dim">{said}</small>}
      </span>
      <Acts iterationId={iterationId} control={control} />
      {control.overrideAsked && <OverrideAsked asked={control.overrideAsked} link={decisionsLink} />}
      {open && <Details control={control} evidence={evidence} stepLink={stepLink} />}
    </li>
  )
}
