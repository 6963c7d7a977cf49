import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import type { Iteration } from '../../api/types'
import { HoldBanner } from '../../features/runbook/HoldBanner'
import { IterationTabs } from '../../features/runbook/IterationTabs'
import { paths } from '../../lib/paths'
import { IterationMark } from '../../ui/IterationMark'
import classes from './iteration-head.module.css'

/** Above a view of one night that is not its runsheet: whose it is, how it stands, its other views, and a hold. */
export function IterationHead({ iteration, here }: Pick<ComponentProps<typeof IterationTabs>, 'here'> & { iteration: Iteration }) {
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <Link to={paths.migration(iteration.migration.key)} className={classes.crumb ?? ''}>{iteration.migration.name}</Link>
        <h1>{iteration.name}</h1>
        <IterationMark state={iteration.state} />
      </div>
      <IterationTabs iteration={iteration} here={here} />
      <HoldBanner iteration={iteration} />
    </header>
  )
}
