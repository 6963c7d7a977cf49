import { Menu } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './export-menu.module.css'

/** A file one may have: what it is called, what is in it, where it is. */
export interface ExportFile {
  form: string
  name: string
  holds: string
  href: string
  /** It cannot hold everything: what it leaves out is said before it is saved. */
  asks?: boolean
}

/** Files of one kind, of which one is chosen on a second page of the menu. */
export interface ExportGroup {
  name: string
  holds: string
  files: readonly ExportFile[]
}

/** The files as entries of a menu, each with a line on what it holds. */
function ExportItems({ files, onAsk }: { files: readonly ExportFile[]; onAsk?: ((file: ExportFile) => void) | undefined }) {
  return files.map((file) => {
    const { form, name, holds, href } = file
    const asks = file.asks === true && onAsk !== undefined
    const words = (
      <>
        <span className={classes.name}>{name}{asks && '…'}</span>
        {holds !== '' && <small className={classes.holds}>{holds}</small>}
      </>
    )
    return asks
      ? <Menu.Item key={form} data-export={form} onClick={() => onAsk(file)}>{words}</Menu.Item>
      : <Menu.Item key={form} component="a" href={href} download data-export={form}>{words}</Menu.Item>
  })
}

/** Gives the keyboard to what just came: what had it went with the other page. */
const take = (item: HTMLElement | null): void => item?.focus()

/** The second page: back, and the files of the group. */
function Group({ group, onBack }: { group: ExportGroup; onBack: () => void }) {
  return (
    <>
      <Menu.Item ref={take} closeMenuOnClick={false} leftSection={<IconChevronLeft size={15} aria-hidden />} onClick={onBack}>
        <span className={classes.name}>Back</span>
      </Menu.Item>
      <Menu.Label>{group.name}</Menu.Label>
      <div className={classes.long}><ExportItems files={group.files} /></div>
    </>
  )
}

interface Props {
  target: ReactNode
  files: readonly ExportFile[]
  group?: ExportGroup
  /** Instead of saving a file that asks first. */
  onAsk?: (file: ExportFile) => void
}

/** A button that opens the menu of files; a group opens in its place. */
export function ExportMenu({ target, files, group, onAsk }: Props) {
  // Null until the group was opened once.
  const [inside, setInside] = useState<boolean | null>(null)
  return (
    <Menu position="bottom-end" width={300} withinPortal onClose={() => setInside(null)}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {group && inside
          ? <Group group={group} onBack={() => setInside(false)} />
          : (
            <>
              <ExportItems files={files} onAsk={onAsk} />
              {group && group.files.length > 0 && (
                <Menu.Item {...(inside === false ? { ref: take } : {})} closeMenuOnClick={false} rightSection={<IconChevronRight size={15} aria-hidden />} data-export-group onClick={() => setInside(true)}>
                  <span className={classes.name}>{group.name}</span>
                  <small className={classes.holds}>{group.holds}</small>
                </Menu.Item>
              )}
            </>
          )}
      </Menu.Dropdown>
    </Menu>
  )
}
