import { Button, Switch } from '@mantine/core'
import { IconAlertOctagon, IconAlertTriangle, IconChevronDown, IconChevronRight, IconCircleCheck } from '@tabler/icons-react'
import type { FindingKind, PlanImport } from '../../../api/types'
import { besideWritten, inOrder, lackingOf, overall, standing, withRepair } from '../model/kinds'
import { findingWord, headOf, percent, sentence } from '../model/words'
import classes from '../plan-import.module.css'
import { AsWritten } from './AsWritten'
import { FindingRows } from './FindingRows'
import { Quality } from './Quality'

const tones = {
  stop: { icon: IconAlertOctagon, color: 'var(--t-red)' },
  go: { icon: IconAlertTriangle, color: 'var(--t-amber)' },
  clean: { icon: IconCircleCheck, color: 'var(--t-green)' },
} as const

interface Props {
  found: PlanImport
  open: string | undefined
  onOpen: (code: string | undefined) => void
  /** A reason why nothing can be pressed now; null where it can. */
  off: string | null
  busy: boolean
  onAccept: (kinds: readonly string[]) => void
}

function Mark({ kind }: { kind: FindingKind }) {
  const stops = kind.blocking > 0
  const done = kind.mended === kind.count
  const [Icon, color, word] = stops
    ? [IconAlertOctagon, 'var(--t-red)', 'Stops'] as const
    : done ? [IconCircleCheck, 'var(--t-green)', kind.always ? 'Applied' : 'Repaired'] as const : [IconAlertTriangle, 'var(--t-amber)', kind.severity === 'error' ? 'Error' : 'Warning'] as const
  return <span className={classes.severity} style={{ color }}><Icon size={15} aria-hidden /> {word}</span>
}

function Kind({ kind, found, open, onOpen, off, busy, onAccept }: Props & { kind: FindingKind }) {
  const name = findingWord(kind.code)
  const isOpen = open === kind.code
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  const head = headOf(kind)
  return (
    <li className={classes.kind} data-kind={kind.code}>
      <div className={classes.kindHead}>
        <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => onOpen(isOpen ? undefined : kind.code)}>
          <Chevron size={16} aria-hidden /><b className="num">{head.number}</b> <span>{head.words}</span>
        </button>
        <Mark kind={kind} />
        {kind.repairable && (
          <Switch
            size="sm" label={`Accept this repair (${kind.repairs.toLocaleString('en')})`} checked={kind.accepted} disabled={busy || off !== null || found.state !== 'checked'}
            onChange={(event) => onAccept(withRepair(found.kinds, kind.code, event.currentTarget.checked))}
          />
        )}
      </div>
      <p className={classes.kindSays}>
        <span className="dim">{sentence(standing(kind))}{kind.lowestConfidence !== null && kind.lowestConfidence < 1 && <>; the least sure {kind.replaced === null ? 'repair' : 'of these'} at {percent(kind.lowestConfidence)}</>}.{besideWritten(kind, found.counts)}</span>{' '}
        {!isOpen && <>For one: {kind.example}{kind.repair !== null && <span className="dim"> {kind.repair}</span>}</>}
      </p>
      {isOpen && <FindingRows id={found.id} kind={kind} label={name} />}
    </li>
  )
}

function Buttons({ found, off, busy, onAccept }: Props) {
  const repairable = found.kinds.filter((kind) => kind.repairable)
  if (repairable.length === 0) return null
  const accepted = repairable.filter((kind) => kind.accepted)
  return (
    <div className={classes.buttons}>
      <Button size="xs" loading={busy} disabled={off !== null || accepted.length === repairable.length} onClick={() => onAccept(['all'])}>Accept all repairs</Button>
      <Button size="xs" variant="default" disabled={off !== null || busy || found.accepted.length === 0} onClick={() => onAccept([])}>Take all back</Button>
      {busy && <span className="dim" role="status">Working out anew what is wrong and what would change…</span>}
    </div>
  )
}

/** What is wrong with the files, kind by kind, and which of the repairs are wanted. */
export function FindingsStep(props: Props) {
  const { found } = props
  const { tone, text } = overall(found.kinds)
  const { icon: Icon, color } = tones[tone]
  return (
    <div className={classes.step}>
      <h2>Findings</h2>
      <p className={classes.verdict} role="status"><Icon size={18} aria-hidden style={{ color }} /> <span>{text}</span></p>
      {lackingOf(found.lacking).map((said) => <p key={said} className={classes.lead}>{said}</p>)}
      {found.state === 'checked' && <Buttons {...props} />}
      {found.kinds.length > 0 && <ul className={classes.kinds} aria-label="Kinds of findings">{inOrder(found.kinds).map((kind) => <Kind key={kind.code} kind={kind} {...props} />)}</ul>}
      <AsWritten counts={found.counts} />
      {found.kinds.length > 0 && <Quality id={found.id} />}
    </div>
  )
}
