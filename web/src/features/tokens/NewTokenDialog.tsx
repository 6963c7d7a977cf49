import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { post } from '../../api/client'
import { asProblem } from '../../api/problem'
import { cacheKeys } from '../../api/queries'
import type { NewToken } from '../../api/types'
import { api } from '../../lib/paths'
import { Copyable } from '../../ui/Copyable'
import { Dialog } from '../../ui/Dialog'
import { ProblemNotice } from '../../ui/ProblemNotice'
import { lifetimes } from './lives'

function Shown({ made, publicUrl, onClose }: { made: NewToken; publicUrl: string; onClose: () => void }) {
  return (
    <Stack gap="sm">
      <Text size="sm"><b>This is the only time the token is shown.</b> Copy it to where it is needed; Tminus keeps no copy it could show again.</Text>
      <Copyable label="Token" value={made.token} />
      <Copyable label="To try it" value={`curl -H "Authorization: Bearer ${made.token}" ${publicUrl}/api/v1/migrations`} />
      <Group justify="flex-end"><Button size="sm" onClick={onClose}>I have copied it</Button></Group>
    </Stack>
  )
}

function Form({ onMade, onClose }: { onMade: (made: NewToken) => void; onClose: () => void }) {
  const cache = useQueryClient()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const make = useMutation({
    meta: { quiet: true },
    mutationFn: () => post<NewToken>(api.tokens(), { name: name.trim(), ...(days === '' ? {} : { expiresInDays: Number(days) }) }),
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: cacheKeys.tokens })
      onMade(made)
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && !make.isPending) make.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">A token may do what you may do. Give each machine its own, so that one can be revoked alone.</Text>
        <TextInput
          data-autofocus label="What is it for?" placeholder="monitoring on ops-3" size="sm" required maxLength={100} value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect label="How long" size="sm" data={[...lifetimes]} value={days} onChange={(event) => setDays(event.currentTarget.value)} />
        {make.error && <ProblemNotice problem={asProblem(make.error)} />}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>Cancel</Button>
          <Button size="sm" type="submit" disabled={name.trim() === ''} loading={make.isPending}>Make the token</Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Makes a token and shows it once. While it is shown, a stray click does not close the dialog. */
export function NewTokenDialog({ publicUrl, onClose }: { publicUrl: string; onClose: () => void }) {
  const [made, setMade] = useState<NewToken | null>(null)
  return (
    <Dialog
      onClose={onClose} title={made ? made.name : 'New API token'} size="lg" closeOnClickOutside={made === null}
      closeOnEscape={made === null}
    >
      {made ? <Shown made={made} publicUrl={publicUrl} onClose={onClose} /> : <Form onMade={setMade} onClose={onClose} />}
    </Dialog>
  )
}
