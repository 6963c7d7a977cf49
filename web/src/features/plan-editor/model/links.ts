/** Links as they are typed in a cell: TRT-1010, APP-20 SS +30m. Pure. */
import type { Edit, PlanLink } from '../../../api/plan'
import type { LinkKind } from '../../../api/types'
import { durationText, secondsOf } from './durations'

export const linkKinds: readonly LinkKind[] = ['FS', 'SS', 'FF', 'SF']
/** What each kind means, in words. */
export const linkKindWords: Record<LinkKind, string> = {
  FS: 'its end, then this starts', SS: 'its start, then this starts', FF: 'its end, then this ends', SF: 'its start, then this ends',
}

/** What is written beside a code: nothing for the plain link that people expect. */
export function linkNote({ kind, lagSeconds }: Pick<PlanLink, 'kind' | 'lagSeconds'>): string {
  const lag = lagSeconds === 0 ? '' : `${lagSeconds > 0 ? '+' : ''}${durationText(lagSeconds)}`
  return [kind === 'FS' ? '' : kind, lag].filter((part) => part !== '').join(' ')
}

export const linkText = (link: PlanLink): string => [link.code, linkNote(link)].filter((part) => part !== '').join(' ')
export const linksText = (links: readonly PlanLink[]): string => links.map(linkText).join(', ')

function linkOf(text: string): PlanLink | null {
  const found = /^([\w.-]+)(?:\s+(FS|SS|FF|SF))?(?:\s*([+−-]\s*[\w. ]+))?$/i.exec(text.trim())
  const [, code, kind = 'FS', lag] = found ?? []
  if (code === undefined) return null
  const lagSeconds = lag === undefined ? 0 : secondsOf(lag)
  return lagSeconds === null ? null : { code, kind: kind.toUpperCase() as LinkKind, lagSeconds }
}

/** The links of a text, or the first part of it that is none. */
export function linksOf(text: string): { links: PlanLink[] } | { wrong: string } {
  const links: PlanLink[] = []
  for (const part of text.split(/[,;\n]/).map((one) => one.trim()).filter((one) => one !== '')) {
    const link = linkOf(part)
    if (!link) return { wrong: part }
    links.push(link)
  }
  return { links }
}

const same = (a: PlanLink, b: PlanLink): boolean => a.code === b.code && a.kind === b.kind

/** What must be edited so that `to` waits for what is typed instead of what was there. */
export function linkEdits(to: string, was: readonly PlanLink[], now: readonly PlanLink[]): Edit[] {
  const gone = was.filter((link) => !now.some((other) => same(link, other)))
  return [
    ...gone.map(({ code, kind }): Edit => ({ op: 'unlink', to, link: { code, kind } })),
    ...now.flatMap((link): Edit[] => {
      const before = was.find((other) => same(link, other))
      if (before?.lagSeconds === link.lagSeconds) return []
      return [{ op: 'link', to, link, ...(before ? { wasLagSeconds: before.lagSeconds } : {}) }]
    }),
  ]
}
