import { expect, test } from 'vitest'
import { lessonLines } from './lesson'

test('a line of evidence leads to its step, and only to this page', () => {
  const lesson = 'In RUN1, A took longer.\nRUN1: A took 26m of 12m planned (/migrations/ERP/iterations/RUN1?step=A%2F1)\nRUN1: B (https://elsewhere/x)\n\nAnd 3 more.'
  expect(lessonLines(lesson)).toEqual([
    { words: 'In RUN1, A took longer.', href: null },
    { words: 'RUN1: A took 26m of 12m planned', href: '/migrations/ERP/iterations/RUN1?step=A%2F1' },
    { words: 'RUN1: B (https://elsewhere/x)', href: null },
    { words: 'And 3 more.', href: null },
  ])
})
