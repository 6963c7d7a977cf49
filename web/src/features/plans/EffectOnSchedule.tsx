import { IconArrowRight, IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { planEffectQuery } from '../../api/planImports'
import { asProblem } from '../../api/problem'
import { chainOf, finishOf, notReckoned } from './effect'
import classes from './plans.module.css'

/** When all would be over in one version and in the other, and where what decides it is another chain. */
export function EffectOnSchedule({ id, base }: { id: string; base: string }) {
  const effect = useQuery(planEffectQuery(id, base))
  if (effect.isError) return <p className={classes.lead}>The effect on the schedule could not be reckoned: {asProblem(effect.error).detail}</p>
  if (!effect.data) return <p className={classes.lead} role="status">Reckoning the effect on the schedule…</p>
  const why = notReckoned(effect.data)
  if (why !== null) return <p className={classes.lead} role="status">{why}</p>
  const finish = finishOf(effect.data)
  if (finish === null) return <p className={classes.lead}>The effect on the schedule cannot be reckoned: links of one version run in a circle.</p>
  const color = finish.by === null ? 'var(--t-dim)' : finish.sooner ? 'var(--t-green)' : 'var(--t-amber)'
  return (
    <div className={classes.effect} role="status" aria-label="Effect on the schedule">
      <p>
        <IconClock size={15} aria-hidden /> Finish <b className="num">{finish.from}</b> <IconArrowRight size={14} aria-label="becomes" /> <b className="num">{finish.to}</b>{' '}
        <span className="num" style={{ color }}>{finish.by === null ? 'at the same time' : `${finish.by}, ${finish.sooner ? 'sooner' : 'later'}`}</span>
      </p>
      <p className="dim">{chainOf(effect.data)} Reckoned with every step in scope, without rollback chapters and times of the week.</p>
    </div>
  )
}
