import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './copyable.module.css'

/** A text that is shown to be taken away: marked when it is reached, copied by one press where the browser allows it. */
export function Copyable({ label, value }: { label: string; value: string }) {
  return (
    <CopyButton value={value} timeout={4_000}>
      {({ copied, copy }) => (
        <TextInput
          label={label} value={value} readOnly size="sm" classNames={{ input: classes.text ?? '' }}
          // Where a browser allows no copying, the text is marked to be copied by hand.
          onFocus={(event) => event.currentTarget.select()}
          rightSection={
            <Tooltip label={copied ? 'Copied' : 'Copy'}>
              <ActionIcon variant="subtle" color={copied ? 'green' : 'gray'} onClick={copy} aria-label={copied ? 'Copied' : `Copy: ${label}`}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          }
        />
      )}
    </CopyButton>
  )
}
