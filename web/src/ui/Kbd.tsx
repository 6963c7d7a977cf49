import { keyLabel } from '../lib/keys'
import classes from './kbd.module.css'

const onMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A key as it is printed on the keyboard; quiet, because it is only a reminder. */
export function Kbd({ of }: { of: string }) {
  return (
    <kbd className={classes.kbd} aria-hidden>
      {keyLabel(of, onMac)}
    </kbd>
  )
}
