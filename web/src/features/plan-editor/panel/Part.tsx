import type { ReactNode } from 'react'
import classes from './panel.module.css'

/** A named part of the panel. */
export function Part({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <header><h3>{title}</h3>{action}</header>
      {children}
    </section>
  )
}
