import { MantineProvider, Select } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { useEditorKeys } from './useEditorKeys'

function Editor({ pressed }: { pressed: string[] }) {
  const note = (what: string) => () => {
    pressed.push(what)
    return true
  }
  useEditorKeys({ add: note('add'), remove: note('remove'), undo: note('undo') })
  return <MantineProvider><Select aria-label="Team" data={['DBA', 'NET']} /><input aria-label="Name" /></MantineProvider>
}

test('keys work beside closed lists of choices, and are left to whoever types', async () => {
  const user = userEvent.setup()
  const pressed: string[] = []
  render(<Editor pressed={pressed} />)
  await user.keyboard('n{Delete}{Control>}z{/Control}')
  expect(pressed).toEqual(['add', 'remove', 'undo'])
  await user.click(screen.getByLabelText('Name'))
  await user.keyboard('n{Delete}')
  expect(pressed).toHaveLength(3)
})
