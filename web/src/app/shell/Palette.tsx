import { Modal, Text, TextInput, useMantineColorScheme } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { migrationsQuery, sessionQuery } from '../../api/queries'
import type { Board } from '../../api/types'
import { useZone } from '../../ui/zone'
import { type Found, find, pagesFound, stepsFound } from './find'
import classes from './shell.module.css'

interface Props {
  opened: boolean
  onClose: () => void
  onHelp: () => void
}

function useChoices(onHelp: () => void): Found[] {
  const navigate = useNavigate()
  const cache = useQueryClient()
  const session = useQuery(sessionQuery).data
  const [demo, admin] = [session?.demo ?? false, session?.user.isAdmin ?? false]
  const migrations = useQuery(migrationsQuery).data
  const { choose } = useZone()
  const { setColorScheme } = useMantineColorScheme()
  return useMemo(() => {
    const go = (href: string) => void navigate({ href })
    const boards = cache.getQueriesData<Board>({ queryKey: ['board'] }).flatMap(([, board]) => (board ? [board] : []))
    const doing = (label: string, run: () => void): Found => ({ id: label, label, kind: 'Action', text: label, run })
    return [
      ...pagesFound(migrations ?? [], { demo, admin }, go),
      doing('Show the keys', onHelp),
      doing('Times in the migration’s zone', () => choose('migration')),
      doing('Times in my zone', () => choose('mine')),
      doing('Times in UTC', () => choose('utc')),
      doing('Dark', () => setColorScheme('dark')),
      doing('Light', () => setColorScheme('light')),
      ...boards.flatMap((board) => stepsFound(board, go)),
    ]
  }, [navigate, cache, demo, admin, migrations, choose, setColorScheme, onHelp])
}

function PaletteBody({ onClose, onHelp }: Omit<Props, 'opened'>) {
  const [asked, setAsked] = useState('')
  const [at, setAt] = useState(0)
  const all = useChoices(onHelp)
  const found = useMemo(() => find(all, asked), [all, asked])
  const chosen = Math.min(at, found.length - 1)
  const run = (item: Found | undefined) => {
    if (!item) return
    onClose()
    item.run()
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') run(found[chosen])
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus size="sm" value={asked} placeholder="A step's code or name, a page, an action"
        leftSection={<IconSearch size={16} />} aria-label="Find" role="combobox" aria-expanded aria-controls="found"
        aria-activedescendant={found[chosen] ? `found-${chosen}` : undefined}
        onChange={(event) => { setAsked(event.currentTarget.value); setAt(0) }} onKeyDown={onKey}
      />
      <div id="found" role="listbox" aria-label="Found" className={classes.foundList}>
        {found.map((item, i) => (
          <button
            key={item.id} id={`found-${i}`} type="button" role="option" tabIndex={-1} aria-selected={i === chosen}
            className={classes.found} onClick={() => run(item)} onMouseMove={() => setAt(i)}
          >
            <span>{item.label}</span>
            <Text span size="xs" c="dimmed">{item.kind}</Text>
          </button>
        ))}
        {found.length === 0 && <Text size="sm" c="dimmed" p="sm">Nothing is called that.</Text>}
      </div>
    </>
  )
}

/** Ctrl/⌘-K: finds any step of the boards that are open, any page, and the page's own actions. */
export function Palette({ opened, onClose, onHelp }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false} size="lg" yOffset="12vh" centered={false} aria-label="Find">
      <PaletteBody onClose={onClose} onHelp={onHelp} />
    </Modal>
  )
}
