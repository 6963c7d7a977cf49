import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import classes from './cards.module.css'

/** A titled card; `note` stands beside the title. */
export function TitledCard({ title, note, flush = false, children }: { title: string; note?: ReactNode; flush?: boolean; children: ReactNode }) {
  return (
    <Card className={classes.card} role="region" aria-label={title} data-flush={flush || undefined}>
      <div className={classes.heading}><h2>{title}</h2>{note}</div>
      {children}
    </Card>
  )
}
