import { ActionIcon, Menu, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconMail, IconSettings, IconUserCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { post } from '../../api/client'
import { sessionQuery } from '../../api/queries'
import { api, paths } from '../../lib/paths'

function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      fullWidth size="xs" value={colorScheme} aria-label="Light or dark"
      data={[{ value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }, { value: 'auto', label: 'Auto' }]}
      onChange={(value) => setColorScheme(value)}
    />
  )
}

/** Who you are, light or dark, settings, the demo's mails, and the way out. */
export function UserMenu() {
  const session = useQuery(sessionQuery).data
  const navigate = useNavigate()
  const cache = useQueryClient()
  const signOut = useMutation({
    mutationFn: () => post(api.signOut()),
    onSuccess: async () => {
      await navigate({ to: paths.signIn() })
      cache.clear()
    },
  })
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`You are ${session?.user.name ?? 'signed in'}: menu`}>
          <IconUserCircle size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--t-ink)">{session?.user.name}</Text>
          {session?.user.email}
        </Menu.Label>
        <div style={{ padding: '4px 8px 8px' }}><SchemeSwitch /></div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => void navigate({ to: paths.settings('me') })}>
          Settings
        </Menu.Item>
        {session?.demo && (
          <Menu.Item leftSection={<IconMail size={16} />} onClick={() => void navigate({ to: paths.mails() })}>
            Mails of the demo
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>Sign out</Menu.Item>
        <Menu.Divider />
        <Menu.Label>Tminus {session?.version}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
