import type { HTMLAttributes } from 'react'
import classes from './card.module.css'

/** A plain bordered surface. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={className ? `${classes.card} ${className}` : classes.card} {...rest} />
}
