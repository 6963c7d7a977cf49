import { SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { User } from '../../../api/types'
import type { SettingsSearch } from '../../../lib/paths'
import { useKeyActions } from '../../../ui/useKeyActions'
import classes from '../people.module.css'

type Filter = Pick<SettingsSearch, 'q' | 'show'>

interface Props {
  users: readonly User[]
  filter: Filter
  onFilter: (filter: Filter) => void
}

const filterOf = (q: string, show: Filter['show']): Filter => ({ ...(q === '' ? {} : { q }), ...(show ? { show } : {}) })

/** Text goes into the address when typing rests, so that each letter is not an address. */
function useText({ filter, onFilter }: Pick<Props, 'filter' | 'onFilter'>): [string, (text: string) => void] {
  const [text, setText] = useState(filter.q ?? '')
  const latest = useRef({ filter, onFilter })
  useEffect(() => {
    latest.current = { filter, onFilter }
  })
  useEffect(() => {
    const timer = window.setTimeout(() => {
      const { filter, onFilter } = latest.current
      if (text !== (filter.q ?? '')) onFilter(filterOf(text, filter.show))
    }, 150)
    return () => window.clearTimeout(timer)
  }, [text])
  return [text, setText]
}

/** A text, and which kind of people; both stand in the address. */
export function PeopleFilter({ users, filter, onFilter }: Props) {
  const [text, setText] = useText({ filter, onFilter })
  const box = useRef<HTMLInputElement>(null)
  useKeyActions({ search: () => (box.current?.focus(), true) })
  return (
    <div className={classes.filter} role="search">
      <TextInput
        ref={box} aria-label="Find a person" placeholder="Name, address or number  /" leftSection={<IconSearch size={14} />} size="sm" value={text}
        onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <SegmentedControl
        size="xs" value={filter.show ?? 'all'} aria-label="Which people"
        onChange={(value) => onFilter(filterOf(text, value === 'admins' || value === 'shut-out' ? value : undefined))}
        data={[
          { value: 'all', label: `All ${users.length}` },
          { value: 'admins', label: `Admins ${users.filter(({ isAdmin }) => isAdmin).length}` },
          { value: 'shut-out', label: `Shut out ${users.filter(({ active }) => !active).length}` },
        ]}
      />
    </div>
  )
}
