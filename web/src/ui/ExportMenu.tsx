import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './export-menu.module.css'

/** A file one may have: what it is called, what is in it, where it is. */
export interface ExportFile {
  form: string
  name: string
  holds: string
  href: string
}

/** The files as entries of a menu, each with a line on what it holds. */
export function ExportItems({ files, onTaken }: { files: readonly ExportFile[]; onTaken?: (form: string) => void }) {
  return files.map(({ form, name, holds, href }) => (
    <Menu.Item key={form} component="a" href={href} download data-export={form} onClick={() => onTaken?.(form)}>
      <span className={classes.name}>{name}</span>
      <small className={classes.holds}>{holds}</small>
    </Menu.Item>
  ))
}

/** A button that opens the menu of files. */
export function ExportMenu({ target, files }: { target: ReactNode; files: readonly ExportFile[] }) {
  return (
    <Menu position="bottom-end" width={300} withinPortal>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown><ExportItems files={files} /></Menu.Dropdown>
    </Menu>
  )
}
