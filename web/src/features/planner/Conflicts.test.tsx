import { MantineProvider } from '@mantine/core'
import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Conflicts, type StepConflicts } from './Conflicts'

const late = { code: 'past_window' as const, chapterCode: 'E1', sentence: 'E1 is to end at 07:00, after the window\u2019s end at 06:00.', path: [] }

function told(steps: StepConflicts, conflicts: (typeof late)[] = []): string {
  const { container, unmount } = render(<MantineProvider><Conflicts conflicts={conflicts} steps={steps} wouldBe={false} onGo={() => undefined} /></MantineProvider>)
  const said = [...container.querySelectorAll('p, h2, li')].map(({ textContent }) => textContent).join(' ')
  unmount()
  return said
}

test('that chapters have no conflicts does not say that steps have none', () => {
  const said = told(['TRT-3 is to start at 20:00, but what it waits for holds it until 21:00.'])
  expect(said).toContain('No conflicts between chapters.')
  expect(said).toContain('TRT-3 is to start at 20:00')
  expect(said).not.toContain('No conflicts of steps')
})

test('without a forecast nobody knows, and with one that has none it is said', () => {
  expect(told(null)).toContain('not known yet')
  expect(told([])).toContain('No conflicts of steps in the forecast.')
  expect(told([], [late])).not.toContain('No conflicts')
})
