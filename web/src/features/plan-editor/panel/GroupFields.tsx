import type { PlanChapter, PlanPhase } from '../../../api/plan'
import { useEditor } from '../context'
import { durationText } from '../model/durations'
import type { NodeLevel } from '../model/tree'
import { YesField } from './ChoiceFields'
import classes from './panel.module.css'
import { TextField } from './TextField'

/** The fields of a chapter or macro-phase. */
export function GroupFields({ level, item }: { level: Exclude<NodeLevel, 'step'>; item: PlanChapter | PlanPhase }) {
  const { open } = useEditor()
  const { code } = item
  const steps = 'steps' in item ? item.steps : item.chapters.flatMap((chapter) => chapter.steps)
  const work = steps.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
  return (
    <>
      <TextField level={level} code={code} field="name" label="Name" value={item.name} />
      <div className={classes.two}>
        <TextField level={level} code={code} field="code" label="Code" value={code} onSaved={(to) => open(String(to))} />
        {'rollback' in item && <YesField level="chapter" code={code} field="rollback" label="Rollback chapter" value={item.rollback} hint="Its steps sleep unless the iteration is backed out" />}
      </div>
      <p className={classes.note}>
        {'chapters' in item && `${item.chapters.length} chapters, `}{steps.length} {steps.length === 1 ? 'step' : 'steps'}, {durationText(work)} of work one after the other.
      </p>
    </>
  )
}
