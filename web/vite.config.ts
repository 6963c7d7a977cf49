import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` sends the API and the websocket: a Tminus that runs beside it. */
const backend = process.env.TMINUS_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../src/tminus/entry/web/page',
    emptyOutDir: true,
    // The served policy allows fonts and scripts from the server alone, never data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: {
      '/api': { target: backend },
      '/socket.io': { target: backend, ws: true },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: ['tests/setup.ts'],
    // jsdom and the whole theme take a moment on a small machine; the tests themselves wait for events.
    testTimeout: 15_000,
  },
})
