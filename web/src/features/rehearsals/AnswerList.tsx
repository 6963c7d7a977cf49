import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { InsightAnswer, Rehearsals } from '../../api/rehearsals'
import { lessonLines } from '../../lib/lesson'
import { paths } from '../../lib/paths'
import { millis, near } from '../../lib/time'
import { useNow } from '../../ui/useNow'
import { useZone } from '../../ui/zone'
import classes from './insights.module.css'

const look = { accepted: { icon: IconCheck, word: 'Accepted' }, declined: { icon: IconX, word: 'Declined' } } as const

/** Into which version it went. */
function Where({ answer: { versionId, version, versionStatus, stepCode }, migrationKey }: { answer: InsightAnswer; migrationKey: string }) {
  if (versionId === null || version === null) return null
  const status = versionStatus === null ? '' : ` (${versionStatus})`
  return <>, into <Link to={paths.planVersion(migrationKey, versionId, { item: stepCode, side: 'edits' })}>version {version}</Link>{status}</>
}

function One({ answer, migrationKey }: { answer: InsightAnswer; migrationKey: string }) {
  const { zone } = useZone()
  const now = useNow(60_000)
  const at = millis(answer.decidedAt)
  const { icon: Icon, word } = look[answer.state]
  const [said, ...evidence] = lessonLines(answer.lesson)
  return (
    <li className={classes.insight} data-answer={answer.state} data-step={answer.stepCode}>
      <span className={classes.kind}><Icon size={15} aria-hidden /> {word}</span>
      <p>{said?.words}</p>
      <ul className={classes.evidence} aria-label={`Evidence for ${answer.stepCode}`}>
        {evidence.map(({ words, href }) => <li key={words}>{href === null ? words : <Link to={href}>{words}</Link>}</li>)}
      </ul>
      <p className="dim">
        By {answer.decidedBy}{at === null ? '' : `, ${near(at, now, zone)}`}<Where answer={answer} migrationKey={migrationKey} />{answer.reason === null ? '' : `: “${answer.reason}”`}
      </p>
    </li>
  )
}

const counted = ({ answered: { accepted, declined } }: Rehearsals): string =>
  [accepted > 0 ? `${accepted} accepted` : '', declined > 0 ? `${declined} declined` : ''].filter((part) => part !== '').join(', ')

/** What was answered already: by whom, when, into which version, and on which evidence. */
export function AnswerList({ all }: { all: Rehearsals }) {
  if (all.answers.length === 0) return null
  return (
    <details className={classes.answers} open={all.insights.length === 0}>
      <summary>Answered: {counted(all)}</summary>
      <p className={classes.note}>Not proposed again on the same evidence.</p>
      <ul className={classes.list} aria-label="Answered proposals">
        {all.answers.map((answer) => <One key={answer.id} answer={answer} migrationKey={all.migrationKey} />)}
      </ul>
    </details>
  )
}
