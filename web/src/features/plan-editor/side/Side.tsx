import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './side.module.css'

/** A list beside the table. */
export function Side({ title, children, onClose }: { title: string; children: ReactNode; onClose: () => void }) {
  return (
    <section className={classes.side} aria-label={title}>
      <header><h2>{title}</h2><ActionIcon variant="subtle" color="gray" size="sm" onClick={onClose} aria-label="Close the list"><IconX size={16} /></ActionIcon></header>
      <div className={classes.body}>{children}</div>
    </section>
  )
}
