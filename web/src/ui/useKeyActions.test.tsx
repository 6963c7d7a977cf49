import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { useKeyActions } from './useKeyActions'

afterEach(cleanup)

function Keys({ choose, block, children }: { choose: () => boolean; block: () => boolean; children: React.ReactNode }) {
  useKeyActions({ choose, block })
  return <>{children}</>
}

const handlers = () => ({ choose: vi.fn(() => true), block: vi.fn(() => true) })

test('Space is a button’s and a box’s where they have the keyboard, and the page’s elsewhere', async () => {
  const keys = handlers()
  const press = vi.fn()
  render(<Keys {...keys}><button type="button" onClick={press}>Done</button><input type="checkbox" aria-label="Task" /></Keys>)
  await userEvent.keyboard(' ')
  expect(keys.choose).toHaveBeenCalledTimes(1)
  screen.getByRole('button').focus()
  await userEvent.keyboard(' ')
  expect(press).toHaveBeenCalledTimes(1)
  screen.getByRole('checkbox').focus()
  await userEvent.keyboard(' ')
  expect(screen.getByRole<HTMLInputElement>('checkbox').checked).toBe(true)
  expect(keys.choose).toHaveBeenCalledTimes(1)
})

test('a dialog has the keyboard for itself; a step’s panel that lies over the page leaves its keys to the page', async () => {
  const keys = handlers()
  const panel = <div role="dialog" aria-modal="true"><section data-panel="TRT-1">Step</section></div>
  const { rerender } = render(<Keys {...keys}>{panel}</Keys>)
  await userEvent.keyboard('b')
  expect(keys.block).toHaveBeenCalledTimes(1)
  rerender(<Keys {...keys}>{panel}<div role="dialog" aria-modal="true">Block?</div></Keys>)
  await userEvent.keyboard('b')
  expect(keys.block).toHaveBeenCalledTimes(1)
})
