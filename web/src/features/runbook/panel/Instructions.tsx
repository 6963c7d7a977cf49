import { Section } from './Section'
import classes from './panel.module.css'

/** What the team is to do, as it was written. */
export function Instructions({ text }: { text: string }) {
  if (text.trim() === '') return null
  return <Section title="Instructions"><p className={classes.instructions}>{text}</p></Section>
}
