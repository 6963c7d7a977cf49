import { Button, MantineProvider, Popover, TextInput } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Dialog } from './Dialog'

function shown() {
  const onClose = vi.fn()
  render(<MantineProvider><Dialog title="Block" onClose={onClose}><TextInput label="Reason" /></Dialog></MantineProvider>)
  return { onClose, field: screen.getByLabelText<HTMLInputElement>('Reason') }
}

test('typed words are asked about before Esc throws them away, and Esc again keeps them', async () => {
  const { onClose, field } = shown()
  await userEvent.type(field, 'Disk full')
  await userEvent.keyboard('{Escape}')
  expect(screen.getByRole('alertdialog').textContent).toContain('Throw away what you typed?')
  expect(document.activeElement?.textContent).toBe('Keep writing')
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect([field.value, onClose.mock.calls.length]).toEqual(['Disk full', 0])
  await vi.waitFor(() => expect(document.activeElement).toBe(field))
})

test('the cross asks too; who throws them away has the dialog closed', async () => {
  const { onClose, field } = shown()
  await userEvent.type(field, 'x')
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(onClose).not.toHaveBeenCalled()
  await userEvent.click(screen.getByRole('button', { name: 'Throw away' }))
  expect(onClose).toHaveBeenCalledOnce()
})

test('where nothing was typed, or it was taken back, it closes at once', async () => {
  const { onClose, field } = shown()
  await userEvent.type(field, 'x{Backspace}')
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})

test('a note that is open is put away by the dialog that a key opens over it', async () => {
  const page = (dialog: boolean) => (
    <MantineProvider>
      <Popover><Popover.Target><Button>3 assumptions</Button></Popover.Target><Popover.Dropdown>Assumed: all goes well</Popover.Dropdown></Popover>
      {dialog && <Dialog title="What if…" onClose={() => undefined}>Suppose</Dialog>}
    </MantineProvider>
  )
  const { rerender } = render(page(false))
  await userEvent.click(screen.getByText('3 assumptions'))
  expect(await screen.findByText('Assumed: all goes well')).toBeTruthy()
  rerender(page(true))
  await vi.waitFor(() => expect(screen.queryByText('Assumed: all goes well')).toBeNull())
})
