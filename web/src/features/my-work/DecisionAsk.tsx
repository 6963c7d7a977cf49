import { Button } from '@mantine/core'
import { IconArrowRight, IconClock, IconGavel } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { DecisionWaiting } from '../../api/types'
import { millis, near } from '../../lib/time'
import { Card } from '../../ui/Card'
import { useNow } from '../../ui/useNow'
import { useZoneOf } from '../../ui/zone'
import { askedOf, leftWords } from './asked'
import classes from './work.module.css'

/** A poll or a second signature that waits for me: the question, by when, and the way to answer it. */
export function DecisionAsk({ item: { iteration, decision }, href }: { item: DecisionWaiting; href: string }) {
  const zone = useZoneOf(iteration.zone)
  const now = useNow(5_000)
  const deadline = millis(decision.deadline)
  const left = deadline === null ? null : leftWords(deadline, now)
  return (
    <Card className={classes.card} data-now data-asked={decision.id}>
      <header>
        <div className={classes.line}>
          <span className={classes.askedKind}><IconGavel size={15} aria-hidden /> {decision.kind === 'poll' ? 'Poll' : 'Second signature'}</span>
          <span className="dim num">{decision.answers.length} of {decision.quorum}</span>
        </div>
        <h3 className={classes.name}>{decision.question}</h3>
        <p className={classes.where}>{[askedOf(decision), iteration.migrationName, iteration.name].filter((part) => part !== '').join(' · ')}</p>
      </header>
      {decision.detail !== '' && <p className={classes.how}>{decision.detail}</p>}
      {deadline !== null && left !== null && (
        <p className={classes.time} data-late={left.soon || undefined}>
          <IconClock size={15} aria-hidden /> <span className="num">until {near(deadline, now, zone)} · {left.text}</span>
        </p>
      )}
      <div className={classes.buttons}>
        <Button size="lg" component={Link} to={href} rightSection={<IconArrowRight size={18} aria-hidden />} aria-label={`Answer: ${decision.question}`}>
          {decision.kind === 'poll' ? 'Answer' : 'Sign or decline'}
        </Button>
      </div>
    </Card>
  )
}
