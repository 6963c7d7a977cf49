import { Outlet } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { LiveContext } from '../../api/live/context'
import type { LiveConnection } from '../../api/live/connection'
import { ActingBanner } from '../../features/people/substitutes/ActingBanner'
import { useKeyActions } from '../../ui/useKeyActions'
import { startLive } from '../live'
import { KeyHelp } from './KeyHelp'
import { OfflineBanner } from './OfflineBanner'
import { Palette } from './Palette'
import { TopBar } from './TopBar'
import classes from './shell.module.css'

/** What surrounds every page of who is signed in; it holds the one live connection. */
export function Shell() {
  const cache = useQueryClient()
  const [live, setLive] = useState<LiveConnection | null>(null)
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)

  useEffect(() => {
    const wired = startLive(cache)
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the connection begins with the mount, and once
    setLive(wired.live)
    return wired.close
  }, [cache])

  useKeyActions({
    help: () => (setHelp(true), true),
    palette: () => (setPalette((open) => !open), true),
  })

  return (
    <LiveContext value={live}>
      <a href="#main" className={classes.skip}>Skip to the page</a>
      <div className={classes.frame}>
        <TopBar onHelp={() => setHelp(true)} onPalette={() => setPalette(true)} />
        <OfflineBanner />
        <ActingBanner />
        <main id="main" tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
      </div>
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
      <Palette opened={palette} onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />
    </LiveContext>
  )
}
