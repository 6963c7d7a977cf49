import { Button, Group, Modal, type ModalProps } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from './dialog.module.css'
import { useTyped } from './useTyped'

/** Gives the keyboard back, when the caller goes, to what had it before. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    },
    [before],
  )
}

/** Asked before words are lost: what is safe has the keyboard. */
function ThrowAway({ onKeep, onThrow }: { onKeep: () => void; onThrow: () => void }) {
  return (
    <div className={classes.ask} role="alertdialog" aria-label="Throw away what you typed?">
      <b><IconAlertTriangle size={16} aria-hidden /> Throw away what you typed?</b>
      <Group gap={6}>
        <Button size="compact-sm" autoFocus onClick={onKeep}>Keep writing</Button>
        <Button size="compact-sm" variant="default" onClick={onThrow}>Throw away</Button>
      </Group>
    </div>
  )
}

/** Closing by Esc, ×, or a press beside it asks first where something was typed; a second Esc goes back to writing. */
function useCloseSafely(onClose: () => void) {
  const typed = useTyped()
  const [left, setLeft] = useState<Element | null>(null)
  const keep = () => {
    setLeft(null)
    // It cannot take the keyboard before it may be written in again.
    if (left instanceof HTMLElement) window.requestAnimationFrame(() => left.focus({ preventScroll: true }))
  }
  const close = () => {
    if (left !== null) keep()
    else if (typed.anything()) setLeft(document.activeElement ?? document.body)
    else onClose()
  }
  return { asking: left !== null, keep, close, onFocus: typed.onFocus }
}

/** Closes what a press elsewhere would close: a note left open must not lie over the dialog that a key has opened. */
function useCloseNotes(): void {
  useEffect(() => void document.body.dispatchEvent(new MouseEvent('mousedown', { bubbles: true })), [])
}

/** A dialog that is there as long as it is drawn: closing it means to draw it no more. Words typed in it are not lost unasked. */
export function Dialog({ onClose, children, ...props }: Omit<ModalProps, 'opened'>) {
  useFocusBack()
  useCloseNotes()
  const { asking, keep, close, onFocus } = useCloseSafely(onClose)
  return (
    <Modal opened onClose={close} closeButtonProps={{ 'aria-label': 'Close' }} {...props}>
      {asking && <ThrowAway onKeep={keep} onThrow={onClose} />}
      <div className={asking ? classes.behind : undefined} inert={asking} onFocus={onFocus}>{children}</div>
    </Modal>
  )
}
