import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Mail } from '../../api/types'
import { paths } from '../../lib/paths'
import { clockSeconds, day, millis, zoneName } from '../../lib/time'
import { useZone } from '../../ui/zone'
import { pieces } from './links'
import classes from './mails.module.css'

/** One mail, as its reader gets it; addresses of this server can be followed. */
export function MailReader({ mail, servers }: { mail: Mail; servers: readonly string[] }) {
  const { zone } = useZone()
  const at = millis(mail.receivedAt)
  return (
    <article className={classes.mail} aria-label={mail.subject}>
      <Link to={paths.mails()} className={classes.back ?? ''}><IconArrowLeft size={16} aria-hidden /> All mails</Link>
      <h2>{mail.subject}</h2>
      <dl className={classes.meta}>
        <dt>To</dt><dd>{mail.to}</dd>
        <dt>Received</dt><dd className="num">{at === null ? '–' : `${day(at, zone)} ${clockSeconds(at, zone)} ${zoneName(zone, at)}`}</dd>
      </dl>
      <div className={classes.text}>
        {pieces(mail.text, servers).map((piece, i) => (piece.kind === 'link' ? <a key={i} href={piece.href}>{piece.text}</a> : piece.text))}
      </div>
    </article>
  )
}
