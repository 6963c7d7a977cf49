import { MantineProvider, TextInput } from '@mantine/core'
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
