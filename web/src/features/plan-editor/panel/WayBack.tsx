import { useMemo } from 'react'
import type { PlanStep } from '../../../api/plan'
import { useEditor } from '../context'
import { ManyField } from './ChoiceFields'
import classes from './panel.module.css'
import { Part } from './Part'

function Undoes({ step }: { step: PlanStep }) {
  const { plan } = useEditor()
  const forward = useMemo(
    () => plan.macroPhases.flatMap(({ chapters }) => chapters.filter(({ rollback }) => !rollback).flatMap(({ steps }) => steps)),
    [plan],
  )
  return (
    <Part title="On the way back">
      <ManyField
        level="step" code={step.code} field="undoes" label="Undoes" value={step.undoes} all={forward}
        hint="Steps of the way forward that it takes back"
      />
    </Part>
  )
}

function UndoneBy({ code }: { code: string }) {
  const { plan, open } = useEditor()
  const by = useMemo(
    () => plan.macroPhases.flatMap(({ chapters }) => chapters.flatMap(({ steps }) => steps.filter(({ undoes }) => undoes.includes(code)))),
    [plan, code],
  )
  if (by.length === 0) return null
  return (
    <Part title={`Undone by · ${by.length}`}>
      <ul className={classes.links}>
        {by.map((one) => (
          <li key={one.code} className={classes.link}>
            <button type="button" className={classes.target} onClick={() => open(one.code)}><b className="num">{one.code}</b> <span>{one.name}</span></button>
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** What a step of a rollback chapter undoes, and which of them undo a step of the way forward. */
export function WayBack({ step, chapter }: { step: PlanStep; chapter: string }) {
  const { index } = useEditor()
  const place = index.places.get(chapter)
  const rollback = place?.level === 'chapter' && place.item.rollback
  return (
    <>
      {(rollback || step.undoes.length > 0) && <Undoes step={step} />}
      <UndoneBy code={step.code} />
    </>
  )
}
