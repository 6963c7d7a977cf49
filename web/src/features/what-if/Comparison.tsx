import { IconAlertTriangle, IconArrowNarrowRight, IconCircleCheck, IconEqual, IconQuestionMark } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { StepRow, WhatIf } from '../../api/types'
import { type Change, figuresOf, pathChange, summary, type Tone } from './change'
import classes from './what-if.module.css'

const icons: Record<Tone, ComponentType<{ size?: number; 'aria-hidden'?: boolean }>> = {
  better: IconCircleCheck, worse: IconAlertTriangle, same: IconEqual, unknown: IconQuestionMark,
}

function ChangeMark({ change: { tone, signed, word } }: { change: Change }) {
  const Icon = icons[tone]
  return <span className={classes.change} data-tone={tone}><Icon size={14} aria-hidden /> {signed !== '' && <b>{signed}</b>} {word}</span>
}

const listed = 8

function Codes({ codes, names }: { codes: readonly string[]; names: ReadonlyMap<string, StepRow> }) {
  const more = codes.length - listed
  return (
    <>
      {codes.slice(0, listed).map((code) => <span key={code} className={classes.code}><b className="num">{code}</b> {names.get(code)?.name}</span>)}
      {more > 0 && <span className="dim num">and {more} more</span>}
    </>
  )
}

/** Which steps come onto the critical path, and which leave it. */
function Path({ answer, names }: { answer: WhatIf; names: ReadonlyMap<string, StepRow> }) {
  const { joined, left } = pathChange(answer.today, answer.then)
  if (answer.today.criticalPath.length === 0 && answer.then.criticalPath.length === 0) return null
  return (
    <dl className={classes.path} data-testid="path-change">
      <dt>Joins the critical path</dt><dd>{joined.length === 0 ? <span className="dim">no step</span> : <Codes codes={joined} names={names} />}</dd>
      <dt>Leaves it</dt><dd>{left.length === 0 ? <span className="dim">no step</span> : <Codes codes={left} names={names} />}</dd>
    </dl>
  )
}

interface Props {
  answer: WhatIf
  zone: string
  names: ReadonlyMap<string, StepRow>
  /** It answers an older question than the one that stands there now. */
  stale: boolean
}

/** Today's outlook beside the supposed one, with the change of each figure. */
export function Comparison({ answer, zone, names, stale }: Props) {
  return (
    <div className={classes.comparison} data-stale={stale || undefined} aria-busy={stale} data-testid="comparison">
      <p className={classes.summary} role="status" data-testid="what-if-summary">{stale ? '' : summary(answer)}</p>
      <table>
        <thead>
          <tr><th scope="col">Figure</th><th scope="col">Today</th><th scope="col">If so</th><th scope="col">Change</th></tr>
        </thead>
        <tbody>
          {figuresOf(answer, zone).map(({ name, title, today, then, change }) => (
            <tr key={name} data-figure={name}>
              <th scope="row" title={title}>{name}</th>
              <td className="num">{today}</td>
              <td className="num"><IconArrowNarrowRight size={14} className={classes.arrow} aria-hidden />{then}</td>
              <td className="num"><ChangeMark change={change} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <Path answer={answer} names={names} />
    </div>
  )
}
