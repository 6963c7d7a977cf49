import type { ReactNode } from 'react'
import classes from './marks.module.css'

/** A short quiet label, with or without an icon. */
export function Pill({ children, color, ground, title }: {
  children: ReactNode
  color?: string
  ground?: string
  title?: string
}) {
  return (
    <span className={classes.pill} style={{ color, background: ground }} title={title}>
      {children}
    </span>
  )
}
