import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { post } from '../../../api/client'
import { asProblem } from '../../../api/problem'
import type { SignInLink, User } from '../../../api/types'
import { api } from '../../../lib/paths'
import { dayClock, millis, zoneName } from '../../../lib/time'
import { Copyable } from '../../../ui/Copyable'
import { Dialog } from '../../../ui/Dialog'
import { ProblemNotice } from '../../../ui/ProblemNotice'
import { useZone } from '../../../ui/zone'

function Shown({ link, user, onClose }: { link: SignInLink; user: User; onClose: () => void }) {
  const { zone } = useZone()
  const end = millis(link.expiresAt) ?? 0
  return (
    <Stack gap="sm">
      <Text size="sm">
        <b>This is the only time the link is shown.</b> It works once, until {dayClock(end, zone)} {zoneName(zone, end)}.
        Give it to {user.name} and nobody else.
      </Text>
      <Copyable label="Sign-in link" value={link.url} />
      <Group justify="flex-end"><Button size="sm" onClick={onClose}>I have copied it</Button></Group>
    </Stack>
  )
}

/** Makes a one-time link to hand over, and shows it once. While it is shown, a stray click does not close the dialog. */
export function SignInLinkDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const make = useMutation({ meta: { quiet: true }, mutationFn: () => post<SignInLink>(api.userSignInLink(user.id)) })
  const shown = make.data !== undefined
  return (
    <Dialog
      onClose={onClose} title={`Sign-in link for ${user.name}`} size="lg" closeOnClickOutside={!shown}
      closeOnEscape={!shown}
    >
      {make.data && <Shown link={make.data} user={user} onClose={onClose} />}
      {!make.data && (
        <Stack gap="sm">
          <Text size="sm">Whoever opens the link is signed in as {user.name}. It is for when a mail does not arrive; that you made it stands in the log.</Text>
          {make.error && <ProblemNotice problem={asProblem(make.error)} />}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
            <Button size="sm" data-autofocus loading={make.isPending} onClick={() => make.mutate()}>Make the link</Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}
