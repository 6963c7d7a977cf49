import { describe, expect, it } from 'vitest'
import type { PlanLink } from '../../../api/plan'
import { linkEdits, linksOf, linksText } from './links'

const link = (code: string, kind: PlanLink['kind'] = 'FS', lagSeconds = 0): PlanLink => ({ code, kind, lagSeconds })

describe('links in a cell', () => {
  const many = [link('TRT-1010'), link('APP-20', 'SS', 1800), link('MIG', 'FF'), link('X.1', 'FS', -600)]

  it('reads what it wrote', () => {
    expect(linksText(many)).toBe('TRT-1010, APP-20 SS +30m, MIG FF, X.1 −10m')
    expect(linksOf(linksText(many))).toEqual({ links: many })
  })
  it('takes a minus typed on any keyboard, and no blank before a lag', () => {
    expect(linksOf('A-1 ss+5m; B -1h')).toEqual({ links: [link('A-1', 'SS', 300), link('B', 'FS', -3600)] })
  })
  it('names what it cannot read', () => expect(linksOf('A-1, B 5')).toEqual({ wrong: 'B 5' }))

  it('asks for what differs alone', () => {
    expect(linkEdits('T', [link('A'), link('B'), link('C', 'SS', 60)], [link('A'), link('C', 'SS', 120), link('D')])).toEqual([
      { op: 'unlink', to: 'T', link: { code: 'B', kind: 'FS' } },
      { op: 'link', to: 'T', link: link('C', 'SS', 120), wasLagSeconds: 60 },
      { op: 'link', to: 'T', link: link('D') },
    ])
  })
})
