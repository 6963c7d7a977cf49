import { IconCheck, IconClock, IconX } from '@tabler/icons-react'
import type { Decision, LinkedDecision } from '../../api/types'
import { millis, near } from '../../lib/time'
import { saidWord, type Voice, voicesOf } from './words'
import classes from './decisions.module.css'

interface Props {
  decision: Decision | LinkedDecision
  named: boolean
  zone: string
  now: number
}

/** Of those who are named each is missing; of a role's holders any may. */
function silence(decision: Props['decision'], named: boolean): string {
  if (decision.status !== 'open') return 'no answer'
  return named ? 'missing' : decision.kind === 'second_signature' ? 'may sign' : 'may answer'
}

function Said({ decision, voice, named }: { decision: Props['decision']; voice: Voice; named: boolean }) {
  if (voice.given === null) {
    return <span className={classes.said}><IconClock size={15} aria-hidden /> {silence(decision, named)}</span>
  }
  const go = voice.given.answer === 'go'
  const Icon = go ? IconCheck : IconX
  return <b className={classes.said} data-answer={voice.given.answer}><Icon size={15} stroke={2.4} aria-hidden /> {saidWord(decision.kind, voice.given.answer)}</b>
}

/** Who said what, in which role, why and when; who is missing; what stands against the outcome. */
export function Voices({ decision, named, zone, now }: Props) {
  const voices = voicesOf(decision, named)
  return (
    <ul className={classes.voices} aria-label="Answers">
      {voices.map((voice) => (
        <li key={voice.key} data-missing={voice.given === null || undefined} data-dissent={voice.given?.dissent === true ? true : undefined}>
          <Said decision={decision} voice={voice} named={named} />
          <span className={classes.who}><b>{voice.name}</b>{voice.role !== null && <span className="dim"> · {voice.role}</span>}</span>
          {voice.given?.dissent === true && <span className={classes.dissent}>Dissent</span>}
          {voice.given !== null && <span className={`${classes.at} num dim`}>{near(millis(voice.given.at) ?? 0, now, zone)}</span>}
          {voice.given !== null && <span className={classes.why}>{voice.given.reason}</span>}
        </li>
      ))}
    </ul>
  )
}
