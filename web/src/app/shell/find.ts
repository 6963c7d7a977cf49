import type { Board, Migration } from '../../api/types'
import { iterationViews } from '../../features/runbook/views'
import { paths } from '../../lib/paths'

/** One thing the palette offers. */
export interface Found {
  id: string
  label: string
  kind: string
  /** What is searched. */
  text: string
  run: () => void
}

type Go = (href: string) => void

const page = (label: string, href: string, go: Go): Found => ({
  id: href, label, kind: 'Page', text: label, run: () => go(href),
})

const viewsOf = (key: string, iteration: string, named: string, go: Go): Found[] => [
  page(named, paths.runsheet(key, iteration), go),
  ...iterationViews.filter(({ view }) => view !== 'runsheet').map(({ label, to }) => page(`${named} · ${label}`, to(key, iteration), go)),
]

/** Pages, and every view of each iteration: its runsheet first, by its bare name. */
export function pagesFound(migrations: readonly Migration[], { demo, admin }: { demo: boolean; admin: boolean }, go: Go): Found[] {
  return [
    page('Migrations', paths.migrations(), go),
    page('My work', paths.myWork(), go),
    page('Settings: me', paths.settings('me'), go),
    page('Settings: my API tokens', paths.settings('tokens'), go),
    ...(admin ? [page('Settings: people', paths.settings('people'), go)] : []),
    ...(demo ? [page('Mails of the demo', paths.mails(), go)] : []),
    ...migrations.flatMap(({ key, name, iterations }) => iterations.flatMap((one) => viewsOf(key, one.name, `${name} · ${one.name}`, go))),
    ...migrations.map(({ key, name }) => page(`Plans of ${name}`, paths.plans(key), go)),
    ...migrations.flatMap(({ key, name }) =>
      (['rights', 'teams', 'substitutes'] as const).map((section) =>
        page(`Settings: ${section} in ${name}`, paths.settings(section, { migration: key }), go),
      ),
    ),
  ]
}

/** Each step of a board that is open. */
export function stepsFound(board: Board, go: Go): Found[] {
  const { migration, name } = board.iteration
  return board.steps.map((step) => ({
    id: step.id,
    label: `${step.code}  ${step.name}`,
    kind: name,
    text: `${step.code} ${step.name}`,
    run: () => go(paths.runsheet(migration.key, name, { step: step.code })),
  }))
}

const most = 60

/** What has all the words asked for, what begins with them first. */
export function find(all: readonly Found[], asked: string): Found[] {
  const wanted = asked.trim().toLowerCase()
  if (wanted === '') return all.slice(0, most)
  const words = wanted.split(/\s+/)
  const hits = all.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
  const begins = (item: Found) => item.text.toLowerCase().startsWith(wanted)
  return [...hits.filter(begins), ...hits.filter((item) => !begins(item))].slice(0, most)
}
