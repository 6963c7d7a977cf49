import type { ReactNode } from 'react'
import { dayClock, millis, span, zoneName } from '../../../lib/time'
import type { Terms } from './terms'
import classes from './terms.module.css'

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <><dt>{name}</dt><dd>{children}</dd></>
}

/** What was agreed on, for those who may only read it, and once it is over. */
export function TermsFacts({ terms, zone }: { terms: Terms; zone: string }) {
  const show = (at: string | null, none: string): ReactNode => {
    const moment = millis(at)
    return moment === null ? <span className="dim">{none}</span> : <span className="num">{dayClock(moment, zone)} {zoneName(zone, moment)}</span>
  }
  return (
    <dl className={classes.facts} data-testid="terms">
      <Fact name="Window opens">{show(terms.windowStart, 'not said: with the planned start')}</Fact>
      <Fact name="Window ends">{show(terms.windowEnd, 'not said')}</Fact>
      <Fact name="Turning back is decided by">{terms.decider === null ? <span className="dim">nobody named</span> : <b>{terms.decider.name}</b>}</Fact>
      <Fact name="Time for that decision"><span className="num">{span(terms.decisionSeconds)}</span></Fact>
      <Fact name="Data volume">{terms.dataVolume === null ? <span className="dim">not said</span> : <span className="num">{terms.dataVolume}</span>}</Fact>
      <Fact name="Blackouts">
        {terms.blackouts.length === 0 ? <span className="dim">none</span> : (
          <ul>{terms.blackouts.map(({ start, end, reason }) => <li key={start}>{show(start, '')} – {show(end, '')}{reason === '' ? '' : ` · ${reason}`}</li>)}</ul>
        )}
      </Fact>
    </dl>
  )
}
