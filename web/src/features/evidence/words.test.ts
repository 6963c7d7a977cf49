import { describe, expect, it } from 'vitest'
import { isWebAddress, kindOf, largestFile, sizeWords, whyNotSent } from './words'

describe('evidence in words', () => {
  it('says sizes as people do', () => {
    expect([0, 999, 1000, 999_499, 999_500, 3_440_000].map(sizeWords)).toEqual(['0 B', '999 B', '1 kB', '999 kB', '1.0 MB', '3.4 MB'])
  })
  it('takes an address by itself for a link, and all else for text', () => {
    expect([' https://wiki.example/a?b=1 ', 'HTTP://x', 'see https://x', 'javascript:alert(1)', 'https://a b'].map(kindOf)).toEqual(['link', 'link', 'text', 'text', 'text'])
  })
  it('follows web addresses alone', () => {
    expect(['https://a', 'javascript:alert(1)', 'data:text/html,x', 'nonsense'].map(isWebAddress)).toEqual([true, false, false, false])
  })
  it('does not send what is empty or too large', () => {
    expect(whyNotSent({ size: 0 })).toContain('empty')
    expect(whyNotSent({ size: largestFile })).toBeNull()
    expect(whyNotSent({ size: largestFile + 1 })).toContain('25 MiB')
  })
})
