import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useWhyOffline } from '../../api/live/context'
import { asProblem } from '../../api/problem'
import { usersQuery } from '../../api/queries'
import type { User } from '../../api/types'
import { shownOf } from '../../features/people/users/filter'
import { PeopleFilter } from '../../features/people/users/PeopleFilter'
import { PeopleTable, type UserWish } from '../../features/people/users/PeopleTable'
import { PersonDialog } from '../../features/people/users/PersonDialog'
import { ShutOutDialog } from '../../features/people/users/ShutOutDialog'
import { SignInLinkDialog } from '../../features/people/users/SignInLinkDialog'
import { SignOutDialog } from '../../features/people/users/SignOutDialog'
import { useLetIn } from '../../features/people/users/useUser'
import { paths, type SettingsSearch } from '../../lib/paths'
import { Card } from '../../ui/Card'
import { EmptyState, ErrorState, LoadingRows } from '../../ui/states'

type Asked = { wish: Exclude<UserWish, 'let-in'>; user: User } | { wish: 'add' }

function Dialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  switch (asked.wish) {
    case 'add': return <PersonDialog user={null} onClose={onClose} />
    case 'edit': return <PersonDialog user={asked.user} onClose={onClose} />
    case 'link': return <SignInLinkDialog user={asked.user} onClose={onClose} />
    case 'sign-out': return <SignOutDialog user={asked.user} onClose={onClose} />
    case 'shut-out': return <ShutOutDialog user={asked.user} onClose={onClose} />
  }
}

function List({ users, onAsk }: { users: readonly User[]; onAsk: (asked: Asked) => void }) {
  const search: SettingsSearch = useSearch({ from: '/signed-in/settings' })
  const navigate = useNavigate()
  const whyOff = useWhyOffline()
  const letIn = useLetIn()
  const shown = shownOf(users, search)
  return (
    <>
      <PeopleFilter users={users} filter={search} onFilter={(filter) => void navigate({ href: paths.settings('people', filter), replace: true })} />
      {shown.length > 0 && (
        <PeopleTable
          users={shown} whyOff={whyOff}
          onWish={(wish, user) => (wish === 'let-in' ? letIn.mutate(user) : onAsk({ wish, user }))}
        />
      )}
      {shown.length === 0 && <EmptyState title="Nobody here is like that">Of {users.length} people none fits what is asked for above.</EmptyState>}
    </>
  )
}

/** Everybody who may sign in. */
export function PeoplePage() {
  const users = useQuery(usersQuery)
  const whyOff = useWhyOffline()
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <header>
        <h1>People</h1>
        {users.data && (
          <Button
            size="sm" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAsked({ wish: 'add' })}
            disabled={whyOff !== null} {...(whyOff === null ? {} : { title: whyOff })}
          >
            Add a person
          </Button>
        )}
      </header>
      <Card>
        {users.data && <List users={users.data} onAsk={setAsked} />}
        {users.isPending && <LoadingRows rows={8} label="Loading the people" />}
        {users.isError && !users.data && <ErrorState problem={asProblem(users.error)} onRetry={() => void users.refetch()} />}
      </Card>
      {asked && <Dialog asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
