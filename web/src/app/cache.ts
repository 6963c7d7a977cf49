import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { asProblem, isSignedOut } from '../api/problem'
import { paths } from '../lib/paths'
import { sayProblem } from '../ui/notify'

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: the caller shows the problem itself, where it belongs. */
    mutationMeta: { quiet?: boolean }
  }
}

const whereNow = (): string => window.location.pathname + window.location.search

/** The cache, and the one door for errors: signed out → sign in and come back; refused → said in words. */
export function createCache(go: (to: string) => void): QueryClient {
  const signIn = () => {
    if (window.location.pathname !== '/sign-in') go(paths.signIn(whereNow()))
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && signIn() }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        const problem = asProblem(error)
        if (problem.status === 401 && window.location.pathname !== '/sign-in') signIn()
        else if (!mutation.meta?.quiet) sayProblem(problem)
      },
    }),
    defaultOptions: {
      queries: {
        // What the server refuses stays refused; what it could not answer is asked again.
        retry: (failures, error) => asProblem(error).status === 0 && failures < 2,
        // Numbers and events keep the page fresh; the browser's idea of being offline does not stop it.
        networkMode: 'always',
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
