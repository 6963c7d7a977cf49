import { Button, Stack, TextInput } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { post } from '../../api/client'
import { asProblem } from '../../api/problem'
import { api } from '../../lib/paths'
import { ProblemNotice } from '../../ui/ProblemNotice'
import classes from './sign-in.module.css'

/** The same calm words whether the address is known or not: they give nobody away. */
function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <div className={classes.sent} role="status">
      <IconMail size={20} aria-hidden />
      <div>
        <h1>Look into your mail</h1>
        <p>If <b>{email}</b> belongs to somebody here, a sign-in link is on its way. It works once, and only for a short time.</p>
        <p className="dim">Nothing there after a few minutes? Look into the spam folder, or ask an admin which address you have here.</p>
        <Button variant="default" size="sm" onClick={onAgain}>Use another address</Button>
      </div>
    </div>
  )
}

interface Props {
  lead: boolean
  label: string
  /** The address, where the caller keeps it for another way of signing in. */
  kept?: { email: string; setEmail: (email: string) => void; onPassword: () => void }
}

/** Asks for an address to mail a one-time link to. */
export function AskForLink({ lead, label, kept }: Props) {
  const own = useState('')
  const [email, setEmail] = kept ? [kept.email, kept.setEmail] : own
  const ask = useMutation({ meta: { quiet: true }, mutationFn: () => post(api.signInLink(), { email: email.trim() }) })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (email.trim() !== '') ask.mutate()
  }
  if (ask.isSuccess) return <Sent email={email.trim()} onAgain={() => ask.reset()} />
  const problem = ask.isError ? asProblem(ask.error) : null
  return (
    <form onSubmit={submit}>
      {lead && <><h1>Sign in</h1><p className={classes.lead}>You get a link by mail that works once.</p></>}
      <Stack gap="md">
        <TextInput
          type="email" name="email" autoComplete="email" label="Your e-mail address" size="md" required withAsterisk={false}
          value={email} onChange={(event) => setEmail(event.currentTarget.value)} autoFocus={lead}
        />
        {problem && <ProblemNotice problem={problem} />}
        <Button type="submit" size="md" loading={ask.isPending}>{label}</Button>
        {kept && <button type="button" className={classes.other} onClick={kept.onPassword}>Sign in with a password</button>}
      </Stack>
    </form>
  )
}
