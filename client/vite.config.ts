import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const PRODUCT = `http://127.0.0.1:${process.env.PORT || 4000}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // data: addresses are outside of default-src 'self'.
    assetsInlineLimit: 0,
    // What counts is the first load, compressed: under 300 kB.
    chunkSizeWarningLimit: 1_000,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: {
    proxy: {
      '/graphql': { target: PRODUCT, ws: true },
      '/api': { target: PRODUCT },
    },
  },
});
