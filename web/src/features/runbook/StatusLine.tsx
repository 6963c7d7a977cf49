import { useWhyOffline } from '../../api/live/context'
import type { Board } from '../../api/types'
import { stepStateWord } from '../../lib/states'
import { Kbd } from '../../ui/Kbd'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import type { Item } from './rows'
import { useStillSaving } from './pending'
import { actionWords, stillSaving, whyWaiting } from './words'
import classes from './runsheet.module.css'

function useSaving(item: Item | undefined): string | null {
  const row = item?.kind === 'step' ? item.row : undefined
  const saving = useStillSaving(row)
  return row && saving ? stillSaving(row, saving) : null
}

function sentence(board: Board, item: Item | undefined, now: number, zone: string) {
  if (!item) return <span>J and K move, Enter opens, ? shows all keys.</span>
  if (item.kind !== 'step') return <span><b>{item.name}</b> Enter folds and unfolds.</span>
  const { row } = item
  const why = whyWaiting(board, row, now, zone)
  const text = why.length > 0 ? why.join(' ') : `${stepStateWord[row.state]}${row.reason ? `: ${row.reason}` : ''}`
  return <span title={text}><b className="num">{row.code}</b> {text}</span>
}

/** Under the table: why the selected step is not ready, and the keys that work on it. */
export function StatusLine({ board, item }: { board: Board; item: Item | undefined }) {
  const now = useNow(60_000)
  const { zone } = useZone()
  const offline = useWhyOffline()
  const saving = useSaving(item)
  const actions = saving === null && item?.kind === 'step' && offline === null ? item.row.allowedActions : []
  return (
    <div className={`${classes.status} no-print`} aria-live="polite">
      {saving === null ? sentence(board, item, now, zone) : <b>{saving}</b>}
      {actions.filter((action) => actionWords[action].key !== '').map((action) => (
        <span key={action}><Kbd of={actionWords[action].key} /> {actionWords[action].label}</span>
      ))}
    </div>
  )
}
