import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { migrationsQuery } from '../../api/queries'
import type { Iteration } from '../../api/types'
import { paths, type RunsheetSearch } from '../../lib/paths'
import { kindWord } from '../../lib/states'
import { IterationMark } from '../../ui/IterationMark'
import { withFilter } from './filters'
import classes from './header.module.css'

/** The iteration's name, and the way to another one of its migration with the same filters; the open step is left. */
export function IterationSwitch({ iteration, search }: { iteration: Iteration; search: RunsheetSearch }) {
  const { migration, name, id } = iteration
  const migrations = useQuery(migrationsQuery).data ?? []
  const navigate = useNavigate()
  const here = migrations.find((one) => one.id === migration.id)?.iterations ?? []
  const elsewhere = migrations.filter((one) => one.id !== migration.id)
  if (here.length < 2 && elsewhere.length === 0) return <>{name}</>
  const item = (href: string) => ({
    component: 'a' as const,
    href,
    onClick: (event: React.MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      void navigate({ href })
    },
  })
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <button type="button" className={classes.switch} aria-label={`${name}: go to another iteration`}>
          {name} <IconChevronDown size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{migration.name}, with the same filters</Menu.Label>
        {here.map((one) => (
          <Menu.Item
            key={one.id} {...item(paths.runsheet(migration.key, one.name, withFilter(search, { step: undefined })))}
            aria-current={one.id === id ? 'page' : undefined} disabled={one.id === id} rightSection={<IterationMark state={one.state} />}
          >
            <b>{one.name}</b> <span className="dim">{kindWord[one.kind]}</span>
          </Menu.Item>
        ))}
        {elsewhere.length > 0 && <Menu.Label>Other migrations</Menu.Label>}
        {elsewhere.map((one) => <Menu.Item key={one.id} {...item(paths.migration(one.key))}>{one.name}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  )
}
