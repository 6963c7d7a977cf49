import type { Migration, Session } from '../../../api/types'
import { dayClock, millis, zoneName } from '../../../lib/time'
import { useZone } from '../../../ui/zone'
import classes from '../people.module.css'

/** For whom one stands in just now, where and until when. */
export function StandingIn({ user, migrations }: { user: Session['user']; migrations: readonly Migration[] }) {
  const { zone: shown, choice } = useZone()
  const acting = user.substituting
  return (
    <section className={classes.part} aria-labelledby="standing-in">
      <div>
        <h2 id="standing-in">Whom I act for</h2>
        {acting.length === 0 && <p>Nobody just now. An admin, or a pilot for the members of a team, can name you as a substitute.</p>}
        {acting.length > 0 && (
          <ul className={classes.plain}>
            {acting.map(({ migrationId, name, until }) => {
              const migration = migrations.find(({ id }) => id === migrationId)
              const zone = choice === 'migration' ? (migration?.zone ?? shown) : shown
              const end = millis(until) ?? 0
              return (
                <li key={migrationId + name + until}>
                  <b>{name}</b>{migration && ` in ${migration.name}`} <span className="num">until {dayClock(end, zone)} {zoneName(zone, end)}</span>
                </li>
              )
            })}
          </ul>
        )}
        {acting.length > 0 && <p>Besides your own rights you have theirs until then. The log names both of you.</p>}
      </div>
    </section>
  )
}
