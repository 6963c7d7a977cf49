import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { sessionQuery } from '../../api/queries'
import { paths } from '../../lib/paths'
import classes from './plan-import.module.css'

/** Why somebody cannot import here, and what to do; an admin, too, writes no plans without being a pilot. */
export function PilotsOnly({ migrationKey }: { migrationKey: string }) {
  const admin = useQuery(sessionQuery).data?.user.isAdmin ?? false
  const rights = paths.settings('rights', { migration: migrationKey })
  return (
    <p className={classes.shut}>
      <IconLock size={18} aria-hidden />
      <span>
        Plans are imported by pilots of this migration, and an import is theirs to see until it is a version.{' '}
        {admin
          ? <>You are an admin and no pilot here. <Link to={rights}>Tick <i>pilot</i> beside your name under Rights</Link>, then come back.</>
          : <>You are no pilot here. Ask a pilot to import it, or an admin to make you one; <Link to={rights}>who they are</Link>.</>}
      </span>
    </p>
  )
}
