// Runs before the first paint, so that a dark room stays dark. A file of its own because the served
// policy allows no inline script. The key is the one the page's theme writes.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('tminus-color-scheme')
  } catch (_) {
    // Storage may be switched off; the machine's own scheme is used then.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
