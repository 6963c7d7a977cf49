import { Button } from '@mantine/core'
import { IconArrowsExchange, IconCalendarTime, IconHistory } from '@tabler/icons-react'
import type { Substitute } from '../../../api/types'
import { Pill } from '../../../ui/Pill'
import { useNow } from '../../../ui/useNow'
import classes from '../people.module.css'
import { inOrder, type Stage, stageOf, whenText } from './words'

const look = {
  active: { word: 'Acting now', icon: IconArrowsExchange, color: 'var(--t-green)', ground: 'var(--t-green-soft)' },
  coming: { word: 'To come', icon: IconCalendarTime, color: 'var(--t-accent)', ground: 'var(--t-accent-soft)' },
  over: { word: 'Over', icon: IconHistory, color: 'var(--t-dim)', ground: 'var(--t-soft)' },
} as const

function StageMark({ stage }: { stage: Stage }) {
  const { word, icon: Icon, color, ground } = look[stage]
  return <Pill color={color} ground={ground}><Icon size={14} aria-hidden /> {word}</Pill>
}

interface Props {
  substitutes: readonly Substitute[]
  zone: string
  mayChange: boolean
  whyOff: string | null
  onEnd: (one: Substitute) => void
}

/** Who stands in for whom, from when until when. */
export function SubstituteList({ substitutes, zone, mayChange, whyOff, onEnd }: Props) {
  const now = useNow(15_000)
  return (
    <table className={classes.table} aria-label="Substitutes">
      <thead>
        <tr><th>Who for whom</th><th>When</th><th>Named by</th><th>State</th>{mayChange && <th><span className="visually-hidden">What to do</span></th>}</tr>
      </thead>
      <tbody>
        {inOrder(substitutes, now).map((one) => {
          const stage = stageOf(one, now)
          return (
            <tr key={one.id} data-stage={stage} data-quiet={stage === 'over' ? true : undefined}>
              <td className={classes.who}>
                <b>{one.substitute.name} for {one.absent.name}</b>
                {one.iterationName !== null && <small>for {one.iterationName}</small>}
              </td>
              <td className="num">{whenText(one, zone)}</td>
              <td className="dim"><span className={classes.unit}>Named by </span>{one.madeBy}</td>
              <td><StageMark stage={stage} /></td>
              {mayChange && (
                <td>
                  {stage !== 'over' && (
                    <span className={classes.acts}>
                      <Button
                        variant="default" disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
                        aria-label={`End: ${one.substitute.name} for ${one.absent.name}`} onClick={() => onEnd(one)}
                      >
                        {stage === 'active' ? 'End' : 'Call off'}
                      </Button>
                    </span>
                  )}
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
