/** Every route of the page, in one place. The addresses themselves are in lib/paths.ts. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext, createRoute, createRouter, Outlet, redirect,
} from '@tanstack/react-router'
import { sessionQuery } from '../api/queries'
import { asProblem } from '../api/problem'
import { type ImportSearch, importSearchOf } from '../lib/importPaths'
import { type CommandCentreSearch, commandCentreSearchOf, type EditorSearch, editorSearchOf, paths, type PlansSearch, plansSearchOf, type RunsheetSearch, runsheetSearchOf, type SettingsSearch, settingsSearchOf, writeSearch } from '../lib/paths'
import { rehearsalSearchOf, type RehearsalSearch } from '../lib/rehearsalPaths'
import { type GanttSearch, ganttSearchOf, type GraphSearch, graphSearchOf } from '../lib/viewPaths'
import { ErrorState, LoadingRows } from '../ui/states'
import { type LazyView, lazyView } from './lazyView'
import { NotFoundPage } from './NotFoundPage'
import { Shell } from './shell/Shell'
import { titleOf } from './title'

/** The views of one iteration: wanted in the middle of a night, also when the network is gone. */
const views = {
  runsheet: lazyView(() => import('../pages/runsheet/RunsheetPage'), 'RunsheetPage'),
  commandCentre: lazyView(() => import('../pages/command-centre/CommandCentrePage'), 'CommandCentrePage'),
  gantt: lazyView(() => import('../pages/gantt/GanttPage'), 'GanttPage'),
  graph: lazyView(() => import('../pages/graph/GraphPage'), 'GraphPage'),
  planner: lazyView(() => import('../pages/planner/PlannerPage'), 'PlannerPage'),
  decisions: lazyView(() => import('../pages/decisions/DecisionsPage'), 'DecisionsPage'),
  controls: lazyView(() => import('../pages/controls/ControlsPage'), 'ControlsPage'),
}

const root = createRootRouteWithContext<{ cache: QueryClient }>()({
  component: Outlet,
  errorComponent: ({ error }) => <ErrorState problem={asProblem(error)} onRetry={() => window.location.reload()} />,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string; by?: 'password' } => ({
    ...(typeof search.to === 'string' ? { to: search.to } : {}),
    ...(search.by === 'password' ? { by: search.by } : {}),
  }),
  component: lazyView(() => import('../pages/sign-in/SignInPage'), 'SignInPage'),
})

/** For who was sent a personal link: it works without signing in, and outside the shell. */
const decide = createRoute({
  getParentRoute: () => root,
  path: '/decide',
  component: lazyView(() => import('../pages/decide/DecidePage'), 'DecidePage'),
})

/** Everything else is for who is signed in; without a session the way is to sign-in and back. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.cache.query({ ...sessionQuery, staleTime: 'static' })
    } catch (error) {
      if (asProblem(error).status !== 401) throw error
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router takes redirects as thrown values
      throw redirect({ href: paths.signIn(location.href) })
    }
  },
  component: Shell,
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router takes redirects as thrown values
  beforeLoad: () => { throw redirect({ href: paths.migrations(), replace: true }) },
})

const migrationsView = lazyView(() => import('../pages/migrations/MigrationsPage'), 'MigrationsPage')
const migrations = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations',
  component: migrationsView,
})

const migrationView = lazyView(() => import('../pages/migrations/MigrationPage'), 'MigrationPage')
const migration = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key',
  component: migrationView,
})

const runsheet = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name',
  validateSearch: (search: Record<string, unknown>): RunsheetSearch => runsheetSearchOf(search),
  component: views.runsheet,
})

const commandCentre = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name/command',
  validateSearch: (search: Record<string, unknown>): CommandCentreSearch => commandCentreSearchOf(search),
  component: views.commandCentre,
})

const gantt = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name/gantt',
  validateSearch: (search: Record<string, unknown>): GanttSearch => ganttSearchOf(search),
  component: views.gantt,
})

const graph = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name/graph',
  validateSearch: (search: Record<string, unknown>): GraphSearch => graphSearchOf(search),
  component: views.graph,
})

const planner = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name/planner',
  component: views.planner,
})

const decisions = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name/decisions',
  component: views.decisions,
})

const controls = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/iterations/$name/controls',
  component: views.controls,
})

const plans = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/plans',
  validateSearch: (search: Record<string, unknown>): PlansSearch => plansSearchOf(search),
  component: lazyView(() => import('../pages/plans/PlansPage'), 'PlansPage'),
})

const planVersion = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/plans/$id',
  validateSearch: (search: Record<string, unknown>): EditorSearch => editorSearchOf(search),
  component: lazyView(() => import('../pages/plans/PlanVersionPage'), 'PlanVersionPage'),
})

const rehearsals = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/rehearsals/$id',
  validateSearch: (search: Record<string, unknown>): RehearsalSearch => rehearsalSearchOf(search),
  component: lazyView(() => import('../pages/rehearsals/RehearsalsPage'), 'RehearsalsPage'),
})

const newImport = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/imports/new',
  component: lazyView(() => import('../pages/plan-import/NewImportPage'), 'NewImportPage'),
})

const oneImport = createRoute({
  getParentRoute: () => signedIn,
  path: '/migrations/$key/imports/$id',
  validateSearch: (search: Record<string, unknown>): ImportSearch => importSearchOf(search),
  component: lazyView(() => import('../pages/plan-import/ImportPage'), 'ImportPage'),
})

const myWorkView = lazyView(() => import('../pages/my-work/MyWorkPage'), 'MyWorkPage')
const myWork = createRoute({
  getParentRoute: () => signedIn,
  path: '/my-work',
  component: myWorkView,
})

const mails = createRoute({
  getParentRoute: () => signedIn,
  path: '/mails',
  component: lazyView(() => import('../pages/mails/MailsPage'), 'MailsPage'),
})

const settings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): SettingsSearch => settingsSearchOf(search),
  component: lazyView(() => import('../pages/settings/SettingsPage'), 'SettingsPage'),
})

const settingsSections = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router takes redirects as thrown values
    beforeLoad: () => { throw redirect({ href: paths.settings('me'), replace: true }) },
  }),
  createRoute({ getParentRoute: () => settings, path: '/me', component: lazyView(() => import('../pages/settings/MePage'), 'MePage') }),
  createRoute({ getParentRoute: () => settings, path: '/tokens', component: lazyView(() => import('../pages/settings/TokensPage'), 'TokensPage') }),
  createRoute({ getParentRoute: () => settings, path: '/people', component: lazyView(() => import('../pages/settings/PeoplePage'), 'PeoplePage') }),
  createRoute({ getParentRoute: () => settings, path: '/rights', component: lazyView(() => import('../pages/settings/RightsPage'), 'RightsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/teams', component: lazyView(() => import('../pages/settings/TeamsPage'), 'TeamsPage') }),
  createRoute({ getParentRoute: () => settings, path: '/messages', component: lazyView(() => import('../pages/settings/MessagesPage'), 'MessagesPage') }),
  createRoute({ getParentRoute: () => settings, path: '/substitutes', component: lazyView(() => import('../pages/settings/SubstitutesPage'), 'SubstitutesPage') }),
]

/** Any other address: said inside the shell, from where one goes on. */
const nowhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFoundPage })

const tree = root.addChildren([
  signIn,
  decide,
  signedIn.addChildren([home, migrations, migration, runsheet, commandCentre, gantt, graph, planner, controls, decisions, plans, planVersion, rehearsals, newImport, oneImport, myWork, mails, settings.addChildren(settingsSections), nowhere]),
])

/** Addresses stay plain (?state=ready,failed&mine=1): a person can read, type and mail them. */
const plainSearch = {
  parseSearch: (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: writeSearch,
}

/** Those, and what leads to them. */
export const aheadViews: readonly LazyView[] = [views.commandCentre, views.runsheet, views.gantt, views.graph, views.planner, views.decisions, views.controls, migrationView, migrationsView, myWorkView]

export function createPageRouter(cache: QueryClient) {
  const router = createRouter({
    routeTree: tree,
    context: { cache },
    ...plainSearch,
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    defaultPendingComponent: () => <LoadingRows />,
    defaultErrorComponent: ({ error }) => <ErrorState problem={asProblem(error)} onRetry={() => window.location.reload()} />,
    scrollRestoration: true,
  })
  // Each page says itself in the browser's tabs and history.
  router.subscribe('onResolved', ({ toLocation }) => {
    document.title = titleOf(toLocation.pathname)
  })
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPageRouter>
  }
}
