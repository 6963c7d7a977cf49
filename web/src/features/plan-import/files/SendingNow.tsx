import { Loader, Progress } from '@mantine/core'
import classes from '../plan-import.module.css'
import { percent } from '../model/words'
import type { Sending } from './useSend'

const words = { packing: 'Packing', sending: 'Sending', reading: 'Reading' } as const

/** How far the files are on their way. */
export function SendingNow({ state }: { state: Exclude<Sending, { step: 'idle' }> }) {
  const share = state.step === 'reading' ? 1 : state.share
  return (
    <div className={classes.sending} role="status">
      <span><Loader size={14} /> {words[state.step]} <b>{state.name}</b>{state.step === 'reading' ? '…' : <> · <span className="num">{percent(share)}</span></>}</span>
      <Progress value={share * 100} size="sm" aria-label={`${words[state.step]} ${state.name}`} animated={state.step === 'reading'} />
    </div>
  )
}
