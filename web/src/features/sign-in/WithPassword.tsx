import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { post } from '../../api/client'
import { asProblem } from '../../api/problem'
import type { Session } from '../../api/types'
import { api } from '../../lib/paths'
import { ProblemNotice } from '../../ui/ProblemNotice'
import classes from './sign-in.module.css'

interface Props {
  email: string
  setEmail: (email: string) => void
  onSignedIn: (session: Session) => void
  onLink: () => void
}

/** Signs in with an address and a password, for who has set one. */
export function WithPassword({ email, setEmail, onSignedIn, onLink }: Props) {
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    meta: { quiet: true },
    mutationFn: () => post<Session>(api.signInPassword(), { email: email.trim(), password }),
    onSuccess: onSignedIn,
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (email.trim() !== '' && password !== '' && !signIn.isPending) signIn.mutate()
  }
  return (
    <form onSubmit={submit}>
      <h1>Sign in</h1>
      <p className={classes.lead}>With the password you have set for yourself.</p>
      <Stack gap="md">
        <TextInput
          type="email" name="email" autoComplete="username" label="Your e-mail address" size="md" required withAsterisk={false}
          value={email} onChange={(event) => setEmail(event.currentTarget.value)} autoFocus={email === ''}
        />
        <PasswordInput
          name="password" autoComplete="current-password" label="Password" size="md" required withAsterisk={false}
          value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoFocus={email !== ''}
        />
        {signIn.error && <ProblemNotice problem={asProblem(signIn.error)} />}
        <Button type="submit" size="md" loading={signIn.isPending}>Sign in</Button>
        <button type="button" className={classes.other} onClick={onLink}>Send me a link instead</button>
      </Stack>
    </form>
  )
}
