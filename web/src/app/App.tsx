import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { styleNonce } from '../lib/nonce'
import { Announcer } from '../ui/announce'
import { theme } from '../ui/theme'
import { ZoneProvider } from '../ui/zone'
import { createCache } from './cache'
import { ErrorBoundary } from './ErrorBoundary'
import { fetchAhead } from './fetchAhead'
import { aheadViews, createPageRouter } from './router'
import toasts from './toasts.module.css'

// The same key as in color-scheme.js, which runs before the first paint.
const colorScheme = localStorageColorSchemeManager({ key: 'tminus-color-scheme' })

/** The whole page: look, cache, addresses. */
export function App() {
  const [{ cache, router }] = useState(() => {
    const cache = createCache((to) => void router.navigate({ to, replace: true }))
    const router = createPageRouter(cache)
    return { cache, router }
  })
  useEffect(() => fetchAhead(aheadViews), [])
  return (
    <MantineProvider
      theme={theme} defaultColorScheme="auto" colorSchemeManager={colorScheme} getStyleNonce={styleNonce}
    >
      <Notifications position="bottom-center" limit={4} className={toasts.toasts ?? ''} />
      <ErrorBoundary>
        <QueryClientProvider client={cache}>
          <ZoneProvider>
            <RouterProvider router={router} />
          </ZoneProvider>
        </QueryClientProvider>
      </ErrorBoundary>
      <Announcer />
    </MantineProvider>
  )
}
