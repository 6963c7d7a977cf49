import { figure } from '../../../lib/figure'
import { asWritten } from '../model/written'
import { few, percent } from '../model/words'
import classes from '../plan-import.module.css'

/** The files counted as they were written, before any repair. */
export function AsWritten({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { pages = 0, tasks = 0, distinct_codes: codes, team_spellings: teams = 0, control_codes: controls = 0 } = counts
  const lines = asWritten(counts)
  if (pages === 0) return null
  return (
    <section className={classes.section} aria-label="As written">
      <h3>As written</h3>
      <p className={classes.lead}>
        <span className="num">{few(pages, 'step')}{codes === undefined ? '' : `, ${few(codes, 'code')}`}, {few(tasks, 'task')}, {few(teams, 'spelling of teams', 'spellings of teams')}, {few(controls, 'control')}</span>, before any repair.
      </p>
      {lines.length > 0 && (
        <table className={classes.written} aria-label="Defects as written">
          <thead className="visually-hidden"><tr><th>Count</th><th>Share</th><th>What</th></tr></thead>
          <tbody>
            {lines.map(({ name, count, of, words, share }) => (
              <tr key={name} data-count={name}>
                <td className="num"><b>{figure(count)}</b> <span className="dim">of {figure(of)}</span></td>
                <td><span className={classes.bar} aria-hidden><i style={{ width: `${share * 100}%` }} /></span><span className="num">{percent(share)}</span></td>
                <td>{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
