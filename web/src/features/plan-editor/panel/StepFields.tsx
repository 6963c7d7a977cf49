import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { planItemQuery, type PlanStep } from '../../../api/plan'
import { useEditor } from '../context'
import { labelsOf } from '../model/rows'
import { ChoiceField, ManyField, WordsField, YesField } from './ChoiceFields'
import classes from './panel.module.css'
import { Part } from './Part'
import { TextField } from './TextField'

const scopes = ['run', 'dress_rehearsal', 'cutover']

function Instructions({ step }: { step: PlanStep }) {
  const { plan } = useEditor()
  const whole = useQuery(planItemQuery(plan.id, 'step', step.code))
  if (whole.isPending) return <Skeleton height={60} radius="sm" />
  return <TextField level="step" code={step.code} field="instructions" label="Instructions" value={whole.data?.instructions ?? ''} long placeholder="What its team does, step by step" />
}

/** All fields of a step but its links and tasks. */
export function StepFields({ step, chapter }: { step: PlanStep; chapter: string }) {
  const { plan, open, mayEdit, send } = useEditor()
  const { code } = step
  const labels = useMemo(() => labelsOf(plan), [plan])
  const chapters = plan.macroPhases.flatMap((phase) => phase.chapters)
  const of = { level: 'step', code } as const
  const move = (parent: string | null) => {
    if (parent !== null && parent !== chapter) send({ edits: [{ op: 'move', level: 'step', code, parent }] })
  }
  return (
    <>
      <TextField {...of} field="name" label="Name" value={step.name} />
      <div className={classes.two}>
        <TextField {...of} field="code" label="Code" value={code} onSaved={(to) => open(String(to))} />
        <ChoiceField {...of} field="type" label="Type" value={step.type} all={plan.types} clearable={false} />
        <ChoiceField {...of} field="team" label="Team" value={step.team} all={plan.teams} />
        <TextField {...of} field="durationSeconds" label="Duration" value={step.durationSeconds} placeholder="45m" hint="45m, 2h 30m, 90s, 2d" />
      </div>
      <Instructions step={step} />
      <Part title="When">
        <div className={classes.two}>
          <TextField {...of} field="notBefore" label="Not before" value={step.notBefore} placeholder="T+14h or Sun 06:00" hint="After the start, T+14h; or a time of the week, Sun 06:00" />
          <TextField {...of} field="fixedStart" label="Fixed start" value={step.fixedStart} placeholder="Sun 06:00" hint="It starts then, even if all before it is done earlier" />
          <YesField {...of} field="autoActivate" label="Activates itself" value={step.autoActivate} hint="Its team is told as soon as it is ready" />
          <YesField {...of} field="pointOfNoReturn" label="Point of no return" value={step.pointOfNoReturn} />
          <YesField {...of} field="evidence" label="Asks for evidence" value={step.evidence} hint="It is not complete before somebody has shown some" />
        </div>
      </Part>
      <Part title="Where and for whom">
        <WordsField {...of} field="labels" label="Labels" value={step.labels} known={labels} />
        <WordsField {...of} field="scope" label="Scope" value={step.scope} known={scopes} hint="Kinds or names of iterations that it is part of; none = all" />
        <ManyField {...of} field="impactedTeams" label="Impacted teams" value={step.impactedTeams} all={plan.teams} />
        <ManyField {...of} field="applications" label="Applications" value={step.applications} all={plan.applications} />
        <ChoiceField {...of} field="environment" label="Environment role" value={step.environment} all={plan.environmentRoles} />
        {mayEdit && <MoveTo code={code} chapter={chapter} all={chapters} onMove={move} />}
      </Part>
    </>
  )
}

function MoveTo({ code, chapter, all, onMove }: { code: string; chapter: string; all: readonly { code: string; name: string }[]; onMove: (to: string | null) => void }) {
  return (
    <label className={classes.field}>
      <span className={classes.label}>Chapter</span>
      <select className={classes.select} aria-label={`Chapter of ${code}`} value={chapter} onChange={(event) => onMove(event.currentTarget.value)}>
        {all.map((one) => <option key={one.code} value={one.code}>{one.code} · {one.name}</option>)}
      </select>
    </label>
  )
}
