import { ActionIcon, Drawer, Stack } from '@mantine/core'
import { IconHelp, IconMenu2, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { sessionQuery } from '../../api/queries'
import { paths } from '../../lib/paths'
import { Kbd } from '../../ui/Kbd'
import { Clock } from './Clock'
import { LiveBadge } from './LiveBadge'
import { UserMenu } from './UserMenu'
import { ZoneSwitch } from './ZoneSwitch'
import classes from './shell.module.css'

function NavLinks({ onGo }: { onGo?: () => void }) {
  const session = useQuery(sessionQuery).data
  const links = [
    { to: paths.migrations(), label: 'Migrations' },
    { to: paths.myWork(), label: 'My work' },
    ...(session?.demo ? [{ to: paths.mails(), label: 'Mails' }] : []),
    ...(session?.user.isAdmin ? [{ to: paths.settings('people'), label: 'People' }] : []),
  ]
  return links.map(({ to, label }) => (
    <Link key={to} to={to} {...(onGo ? { onClick: onGo } : {})}>{label}</Link>
  ))
}

/** Name, ways, live badge, clock, zone, search, help, who you are. */
export function TopBar({ onHelp, onPalette }: { onHelp: () => void; onPalette: () => void }) {
  const [burger, setBurger] = useState(false)
  const where = useRouterState({ select: (state) => state.location.pathname })
  return (
    <header className={classes.bar}>
      <ActionIcon
        className={classes.burger ?? ''} variant="subtle" color="gray" aria-label="Menu" onClick={() => setBurger(true)}
      >
        <IconMenu2 size={18} />
      </ActionIcon>
      <Link to={paths.home()} className={classes.name ?? ''} aria-label="Tminus, to the migrations">
        <span className={classes.logo} aria-hidden>T−</span>
        <span className={classes.productName}>Tminus</span>
      </Link>
      <nav className={classes.nav} aria-label="Pages"><NavLinks /></nav>
      <span className={classes.space} />
      <LiveBadge />
      <Clock />
      <span className={classes.wide}><ZoneSwitch /></span>
      <button type="button" className={classes.find} onClick={onPalette} aria-label="Find a step or page">
        <IconSearch size={14} aria-hidden />
        <span className={classes.findText}>Find <Kbd of="Mod+k" /></span>
      </button>
      <ActionIcon
        className={classes.wide ?? ''} variant="subtle" color="gray" aria-label="Keys" onClick={onHelp}
      >
        <IconHelp size={18} />
      </ActionIcon>
      <UserMenu />
      <Drawer
        key={where} opened={burger} onClose={() => setBurger(false)} size={260} title="Tminus"
        closeButtonProps={{ 'aria-label': 'Close the menu' }}
      >
        <Stack gap="md">
          <Stack component="nav" gap={4} aria-label="Pages" className={classes.drawerNav ?? ''}><NavLinks onGo={() => setBurger(false)} /></Stack>
          <ZoneSwitch />
        </Stack>
      </Drawer>
    </header>
  )
}
