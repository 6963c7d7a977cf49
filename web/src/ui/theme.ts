import { createTheme, rem } from '@mantine/core'

/** The look of every Mantine part: dense, calm, one accent. Colours beyond it are in tokens.css. */
export const theme = createTheme({
  // The greys of the dark scheme, in the tone of tokens.css.
  colors: {
    dark: ['#e4e9f0', '#c3ccd8', '#94a1b3', '#6b7889', '#4a5666', '#333e4b', '#222b36', '#151a21', '#0f141a', '#0b0f14'],
  },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  primaryColor: 'blue',
  // The darkest shade: white words on it have the contrast that AA asks for, in light and dark.
  primaryShade: 9,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  headings: { sizes: { h1: { fontSize: rem(22) }, h2: { fontSize: rem(16) }, h3: { fontSize: rem(14) } } },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, events: { hover: true, focus: true, touch: true } } },
    // Never wider than a phone.
    Popover: { styles: { dropdown: { maxWidth: 'calc(100vw - 16px)', boxSizing: 'border-box' } } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 650, fontSize: rem(15), lineHeight: 1.35 } },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 120 } } },
  },
})
