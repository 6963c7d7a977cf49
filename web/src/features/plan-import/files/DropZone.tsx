import { Button } from '@mantine/core'
import { IconFileImport, IconFolder } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from '../plan-import.module.css'
import { type Chosen, dropped, picked } from './chosen'

/** Where files, a folder or a ZIP are dropped, or chosen by button. */
export function DropZone({ disabled, onChosen, children }: { disabled: boolean; onChosen: (chosen: Chosen) => void; children: ReactNode }) {
  const [over, setOver] = useState(false)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (!disabled) void dropped(event.dataTransfer).then(onChosen)
  }
  const take = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) onChosen(picked(input.files))
    // The same file, mended, may be chosen again.
    input.value = ''
  }
  const hidden = { type: 'file', multiple: true, disabled, tabIndex: -1, className: 'visually-hidden', 'aria-hidden': true } as const
  return (
    <div
      className={classes.drop} data-over={over || undefined} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(!disabled)
      }}
    >
      <IconFileImport size={22} stroke={1.5} aria-hidden />
      <span className={classes.dropWords}>{children}</span>
      <span className={classes.buttons}>
        <Button variant="default" size="xs" disabled={disabled} leftSection={<IconFileImport size={15} aria-hidden />} onClick={() => files.current?.click()}>Choose files</Button>
        <Button variant="default" size="xs" disabled={disabled} leftSection={<IconFolder size={15} aria-hidden />} onClick={() => folder.current?.click()}>Choose a folder</Button>
      </span>
      <input {...hidden} ref={files} data-testid="import-files" onChange={(event) => take(event.currentTarget)} />
      <input
        {...hidden} data-testid="import-folder" onChange={(event) => take(event.currentTarget)}
        ref={(input) => {
          folder.current = input
          // No browser calls it otherwise, and React does not know it.
          input?.setAttribute('webkitdirectory', '')
        }}
      />
    </div>
  )
}
