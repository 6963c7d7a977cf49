import { expect, test } from 'vitest'
import { gist, pieces } from './links'

const here = ['http://localhost:8000', 'http://127.0.0.1:8000/']

test('addresses of this server lead there, by whichever of its names', () => {
  expect(pieces('Open http://127.0.0.1:8000/migrations/erp/iterations/CUTOVER?step=TRT-1 now.', here)).toEqual([
    { kind: 'text', text: 'Open ' },
    { kind: 'link', text: 'http://127.0.0.1:8000/migrations/erp/iterations/CUTOVER?step=TRT-1', href: '/migrations/erp/iterations/CUTOVER?step=TRT-1' },
    { kind: 'text', text: ' now.' },
  ])
})

test('the full stop behind an address is not part of it, and the token behind # is', () => {
  expect(pieces('http://localhost:8000/sign-in#a-b_c.', here)).toEqual([
    { kind: 'link', text: 'http://localhost:8000/sign-in#a-b_c', href: '/sign-in#a-b_c' },
    { kind: 'text', text: '.' },
  ])
})

test('no mail leads to another server, nor to one that only looks alike', () => {
  for (const url of ['https://elsewhere.example/x', 'http://localhost:8001/x', 'http://localhost:8000.evil.example/', 'http://localhost:8000@evil.example/', 'javascript:alert(1)']) {
    expect(pieces(`See ${url} there`, here)).toEqual([{ kind: 'text', text: `See ${url} there` }])
  }
})

test('a text without addresses stays whole, and the pieces make up the text', () => {
  expect(pieces('', here)).toEqual([])
  const text = 'a\nhttp://localhost:8000/a, http://x.example/ (http://localhost:8000/b) z'
  expect(pieces(text, here).map((piece) => piece.text).join('')).toBe(text)
  expect(pieces(text, here).filter(({ kind }) => kind === 'link')).toHaveLength(2)
})

test('the gist is one line', () => {
  expect(gist('Hello\n\n  there')).toBe('Hello there')
  expect(gist('x'.repeat(300)).length).toBeLessThan(115)
})
