/** Brings edits into the plan that the page holds: one's own answers, and what others did. */
import type { QueryClient } from '@tanstack/react-query'
import { get } from '../../api/client'
import { type EditAnswer, type EditedItem, type EditPage, type PlanFinding, planKeys, type PlanWhole } from '../../api/plan'
import { api } from '../../lib/paths'
import { announce } from '../../ui/announce'
import { showTheirs } from './marks'
import { applyItems } from './model/apply'

const read = (cache: QueryClient, id: string): PlanWhole | undefined => cache.getQueryData<PlanWhole>(planKeys.version(id))
const askWhole = (cache: QueryClient, id: string): void => void cache.invalidateQueries({ queryKey: planKeys.version(id) })

/** Instructions stand in no answer: what is named is asked for again when it is looked at. */
function markItemsStale(cache: QueryClient, id: string, items: readonly EditedItem[]): void {
  const codes = new Set(items.map(({ code }) => code))
  void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'plan-item' && queryKey[1] === id && codes.has(String(queryKey[3])) })
}

const hasErrors = (findings: readonly PlanFinding[]): boolean => findings.some(({ severity }) => severity === 'error')

const waiting = new Map<string, number>()
const findingsRestMs = 900

/** In a large plan the findings come a moment after the last of several edits. */
function askFindings(cache: QueryClient, id: string): void {
  window.clearTimeout(waiting.get(id))
  waiting.set(id, window.setTimeout(() => {
    get<{ version: number; items: PlanFinding[] }>(api.planFindings(id)).then(({ items }) => {
      const plan = read(cache, id)
      if (!plan) return
      cache.setQueryData(planKeys.version(id), { ...plan, findings: items })
      // Whether it may be approved hangs on that: the server says it, in words.
      if (hasErrors(plan.findings) !== hasErrors(items)) askWhole(cache, id)
    }).catch(() => undefined)
  }, findingsRestMs))
}

/** Whoever writes to a draft no longer approves it; said at once, and by the server when the whole is asked for. */
const written = ({ allowedActions }: PlanWhole) => ({
  allowedActions: allowedActions.filter((action) => action !== 'approve'),
  whyNotApprove: 'You wrote to it: another pilot approves it.',
})

/** What one's own edit changed is shown at once; that others came between is found by asking. */
export function takeAnswer(cache: QueryClient, id: string, answer: EditAnswer): void {
  const plan = read(cache, id)
  if (!plan) return
  const after = applyItems(plan, answer.items)
  const next = answer.number === plan.lastEdit + 1
  if (after === null) askWhole(cache, id)
  else {
    cache.setQueryData(planKeys.version(id), {
      ...after,
      ...(plan.allowedActions.includes('approve') && answer.number > plan.lastEdit ? written(plan) : {}),
      lastEdit: next ? answer.number : plan.lastEdit,
      version: next ? plan.version + 1 : plan.version,
      findings: answer.findings ?? plan.findings,
    })
  }
  if (answer.findings === null) askFindings(cache, id)
  // Who writes to a version no longer approves it, and nobody does while it has errors.
  const turned = answer.findings !== null && hasErrors(plan.findings) !== hasErrors(answer.findings)
  if (turned || plan.allowedActions.includes('approve')) askWhole(cache, id)
  markItemsStale(cache, id, answer.items)
  void cache.invalidateQueries({ queryKey: planKeys.edits(id) })
}

/** What was done since: applied in order; where that cannot tell the whole, the whole is asked for. */
export function follow(cache: QueryClient, id: string, page: EditPage): void {
  const plan = read(cache, id)
  if (!plan) return
  const news = page.items.filter(({ number }) => number > plan.lastEdit)
  if (page.status !== plan.status || page.version - plan.version > news.length) {
    askWhole(cache, id)
    return
  }
  if (news.length === 0) return
  let after: PlanWhole | null = plan
  for (const edit of news) after = after && applyItems(after, edit.items)
  if (after === null) askWhole(cache, id)
  else cache.setQueryData(planKeys.version(id), { ...after, lastEdit: news.at(-1)?.number ?? plan.lastEdit, version: page.version })
  askFindings(cache, id)
  markItemsStale(cache, id, news.flatMap(({ items }) => items))
  for (const { mine, by, title, items } of news) {
    if (mine) continue
    announce(`${by}: ${title}`)
    showTheirs(items.filter(({ item }) => item !== null).map(({ code }) => code), by)
  }
}
