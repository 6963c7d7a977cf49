import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import classes from './gantt.module.css'

export interface Tie { code: string; note: string; name: string; way: 'up' | 'down' | 'here' }

const most = 6

function Codes({ title, ties, onGo }: { title: string; ties: readonly Tie[]; onGo: (code: string) => void }) {
  if (ties.length === 0) return null
  return (
    <span className={classes.tieGroup}>
      <span className="dim">{title}</span>
      {ties.slice(0, most).map(({ code, note, name, way }) => (
        <button key={code + note} type="button" className={`${classes.tie} num`} onClick={() => onGo(code)} title={`Go to ${code} ${name}${note === '' ? '' : `, ${note}`}`}>
          {way === 'up' && <IconArrowUp size={12} aria-hidden />}{way === 'down' && <IconArrowDown size={12} aria-hidden />}{code}{note !== '' && <span className="dim"> {note}</span>}
        </button>
      ))}
      {ties.length > most && <span className="dim num">+{ties.length - most}</span>}
    </span>
  )
}

/** What the selected row waits for and who waits for it, wherever they stand: each a press away. */
export function Ties({ code, before, after, onGo }: { code: string | undefined; before: readonly Tie[]; after: readonly Tie[]; onGo: (code: string) => void }) {
  return (
    <div className={`${classes.ties} no-print`} aria-live="polite" data-testid="gantt-ties">
      {code === undefined
        ? <span className={`dim ${classes.keys ?? ''}`}>J and K move, ← and → fold, Enter opens, + and − zoom, N goes to now.</span>
        : <><b className="num">{code}</b><Codes title="after" ties={before} onGo={onGo} /><Codes title="waiting for it" ties={after} onGo={onGo} />
          {before.length + after.length === 0 && <span className="dim">is tied to nothing</span>}</>}
    </div>
  )
}
