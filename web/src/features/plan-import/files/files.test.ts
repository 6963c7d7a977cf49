import { File as ReadableFile } from 'node:buffer'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { nameOf, picked, whyNotSent } from './chosen'
import { pack } from './pack'

// jsdom's own files cannot be read in pieces; Node's can, as a browser's.
const file = (name: string, text: string) => ({ path: name, file: new ReadableFile([text], name.split('/').at(-1) ?? name) as unknown as File })

test('several files become one archive that holds them byte for byte, and no two have one name', async () => {
  const shares: number[] = []
  const files = [file('night/a.json', '{"a": "é"}'), file('night/b.json', '{}'), file('night/b.json', '{"second": 1}'), file('night/empty.json', '')]
  const zip = await pack(files, (share) => shares.push(share))
  const inside = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Object.fromEntries(Object.entries(inside).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]))).toEqual({
    'night/a.json': '{"a": "é"}', 'night/b.json': '{}', 'night/b-2.json': '{"second": 1}', 'night/empty.json': '',
  })
  expect(shares.at(-1)).toBe(1)
})

test('a folder gives its name, loose files a plain one, a single file its own', () => {
  expect(nameOf([file('night/a.json', '1'), file('night/more/b.json', '1')])).toBe('night.zip')
  expect(nameOf([file('a.json', '1'), file('b.json', '1')])).toBe('plan.zip')
  expect(nameOf([file('a.json', '1'), file('other/b.json', '1')])).toBe('plan.zip')
  expect(nameOf([file('night.csv', '1')])).toBe('night.csv')
})

test('what cannot be a plan is not sent, and hidden files are told', () => {
  expect(whyNotSent({ files: [file('a.csv', '')], leftOut: 0 })).toContain('empty')
  expect(whyNotSent({ files: [], leftOut: 2 })).toContain('hidden')
  expect(whyNotSent({ files: Array.from({ length: 10_001 }, () => file('a', '1')), leftOut: 0 })).toContain('10,000')
  expect(whyNotSent({ files: [file('a.csv', 'Code')], leftOut: 0 })).toBeNull()
  const chosen = picked([new File(['1'], 'b10.json'), new File(['1'], 'b9.json'), new File(['1'], '.DS_Store')])
  expect(chosen.files.map(({ path }) => path)).toEqual(['b9.json', 'b10.json'])
  expect(chosen.leftOut).toBe(1)
})
