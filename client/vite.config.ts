import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressedFiles } from './compressed-files.ts';

const PRODUCT = `http://127.0.0.1:${process.env.PORT || 4000}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressedFiles()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // data: addresses are outside of default-src 'self'.
    assetsInlineLimit: 0,
    // What counts is the first load, compressed: under 300 kB.
    chunkSizeWarningLimit: 1_100,
    // One file for all that the first page needs: fewer round trips, and what is alike compresses together.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: {
    proxy: {
      '/graphql': { target: PRODUCT, ws: true },
      '/api': { target: PRODUCT },
    },
  },
});
