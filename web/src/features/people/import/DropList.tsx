import { Loader } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import classes from './import-people.module.css'

/** Where the file is dropped, or chosen: one big target, which the keyboard reaches too. */
export function DropList({ busy, onFile }: { busy: string | null; onFile: (file: File) => void }) {
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file && busy === null) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <label
      className={classes.drop} data-over={over || undefined} onDrop={drop} onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
    >
      {busy === null ? <IconFileImport size={22} stroke={1.5} aria-hidden /> : <Loader size="sm" />}
      <span>
        {busy === null
          ? <><b>Drop a CSV file or a workbook here</b>, or choose one: teams, users, applications, environments. You see what it would change before anything is.</>
          : <span role="status">Reading {busy}…</span>}
      </span>
      <input
        type="file" accept=".csv,.tsv,.txt,.xlsx,.xls" className="visually-hidden" disabled={busy !== null} data-testid="people-file"
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file, mended, may be chosen again.
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}
