import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Answer, Decision } from '../../api/types'
import { answerWord } from './words'

interface Props {
  kind: Decision['kind']
  answers: readonly Answer[]
  /** The one that is being sent. */
  doing: Answer | null
  /** Why nothing can be sent now. */
  whyOff: string | null
  size?: 'sm' | 'md'
  onAnswer: (answer: Answer, reason: string) => void
}

/** A reason, then Go or No-go; neither can be pressed before there is a reason. */
export function AnswerForm({ kind, answers, doing, whyOff, size = 'sm', onAnswer }: Props) {
  const [reason, setReason] = useState('')
  const off = whyOff !== null || doing !== null || reason.trim() === ''
  return (
    <div>
      <Textarea
        label="Reason" description="Needed for either answer; everybody can read it, and it stays." size={size} autosize minRows={2} maxRows={8}
        maxLength={2000} required value={reason} onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group gap={8} mt={8} grow={size === 'md'}>
        {answers.map((choice) => (
          <Button
            key={choice} size={size === 'md' ? 'lg' : 'sm'} color={choice === 'go' ? 'teal' : 'red'} disabled={off} data-answer={choice}
            {...(whyOff === null ? {} : { title: whyOff })} onClick={() => onAnswer(choice, reason.trim())}
          >
            {doing === choice ? 'Answering…' : answerWord(kind, choice)}
          </Button>
        ))}
      </Group>
    </div>
  )
}
