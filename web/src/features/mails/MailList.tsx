import { Link } from '@tanstack/react-router'
import type { Mail } from '../../api/types'
import { paths } from '../../lib/paths'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import { gist } from './links'
import classes from './mails.module.css'

function MailRow({ mail, open, time }: { mail: Mail; open: boolean; time: string }) {
  return (
    <li>
      <Link
        to={paths.mails()} hash={mail.id} hashScrollIntoView={false} activeOptions={{ includeHash: true }}
        className={classes.row ?? ''} data-open={open || undefined} data-mail={mail.id}
      >
        <span className={classes.rowHead}><span>{mail.to}</span><small className="num dim">{time}</small></span>
        <b>{mail.subject}</b>
        <span className={classes.gist}>{gist(mail.text)}</span>
      </Link>
    </li>
  )
}

/** The mails, newest first. */
export function MailList({ mails, openId }: { mails: readonly Mail[]; openId: string | undefined }) {
  const now = useNow(60_000)
  const { zone } = useZone()
  return (
    <ul className={classes.list} aria-label="Mails">
      {mails.map((mail) => (
        <MailRow key={mail.id} mail={mail} open={mail.id === openId} time={near(millis(mail.receivedAt) ?? now, now, zone)} />
      ))}
    </ul>
  )
}
