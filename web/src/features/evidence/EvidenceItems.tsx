import { IconAlignLeft, IconExternalLink, IconFile, IconFileSpreadsheet, IconFileZip, IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import { apiBase } from '../../api/client'
import { useWithdrawEvidence } from '../../api/controls'
import { asProblem } from '../../api/problem'
import type { Evidence } from '../../api/types'
import { api } from '../../lib/paths'
import { clock, millis } from '../../lib/time'
import { AskReason } from '../../ui/AskReason'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { useZone } from '../../ui/zone'
import { isWebAddress, ofWords, sizeWords, uncountedWords } from './words'
import classes from './evidence.module.css'

function Mark({ one: { kind, mediaType } }: { one: Evidence }) {
  if (kind === 'text') return <IconAlignLeft size={15} aria-hidden />
  if (kind === 'link') return <IconExternalLink size={15} aria-hidden />
  if (mediaType?.startsWith('image/')) return <IconPhoto size={15} aria-hidden />
  if (mediaType === 'application/zip') return <IconFileZip size={15} aria-hidden />
  if (mediaType === 'text/csv' || mediaType?.includes('sheet')) return <IconFileSpreadsheet size={15} aria-hidden />
  return <IconFile size={15} aria-hidden />
}

function What({ one }: { one: Evidence }) {
  if (one.kind === 'file') {
    return (
      <span>
        <a href={apiBase + api.evidenceDownload(one.id)} download={one.fileName ?? true}>{one.fileName}</a>
        {one.size !== null && <span className="dim num"> {sizeWords(one.size)}</span>}
        {one.words !== '' && <span> · {one.words}</span>}
      </span>
    )
  }
  if (one.kind === 'link' && isWebAddress(one.words)) {
    return <a href={one.words} target="_blank" rel="noopener noreferrer">{one.words}</a>
  }
  return <span className={classes.words}>{one.words}</span>
}

function Item({ one, onWithdraw }: { one: Evidence; onWithdraw: () => void }) {
  const { zone } = useZone()
  const at = millis(one.at)
  const why = uncountedWords(one)
  const about = [one.by, at === null ? '' : clock(at, zone), ofWords(one), why].filter(Boolean).join(' · ')
  return (
    <li className={classes.item} data-uncounted={!one.counted || undefined} data-evidence={one.id}>
      <Mark one={one} />
      <span className={classes.what}>
        <What one={one} />
        <small className="dim">{about}</small>
      </span>
      {one.allowedActions.includes('withdraw') && (
        <button type="button" className={classes.small} onClick={onWithdraw} aria-label={`Withdraw ${one.fileName ?? one.words.slice(0, 40)}`}>Withdraw</button>
      )}
    </li>
  )
}

/** What was shown, the oldest first; what is withdrawn or of an earlier attempt stays, and says so. */
export function EvidenceItems({ iterationId, items }: { iterationId: string; items: readonly Evidence[] }) {
  const [asked, ask] = useState<Evidence | null>(null)
  const withdraw = useWithdrawEvidence(iterationId)
  return (
    <>
      {withdraw.isError && <ProblemNotice problem={asProblem(withdraw.error)} onClose={() => withdraw.reset()} />}
      <ul className={classes.items} aria-label="Evidence">
        {items.map((one) => <Item key={one.id} one={one} onWithdraw={() => ask(one)} />)}
      </ul>
      {asked && (
        <AskReason
          title="Withdraw evidence" effect="It stays here with the reason, and counts no more."
          choices={[{ value: 'withdraw', label: 'Withdraw', color: 'red' }]} onClose={() => ask(null)}
          onChoose={(_, reason) => { ask(null); withdraw.mutate({ id: asked.id, reason }) }}
        />
      )}
    </>
  )
}
