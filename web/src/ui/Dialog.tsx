import { Modal, type ModalProps } from '@mantine/core'
import { useEffect, useState } from 'react'

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

/** A dialog that is there as long as it is drawn: closing it means to draw it no more. */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  useFocusBack()
  return <Modal opened closeButtonProps={{ 'aria-label': 'Close' }} {...props} />
}
