import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

// The bundle is committed and compared: nothing in it may depend on when or where it is built. While developing, requests
// go to a running `tupu serve`.
export default defineConfig({
  plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
  base: './',
  build: { license: { fileName: 'licences.txt' }, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/sparql', '/rdf-graph-store'].map((path) => [path, { target: 'http://127.0.0.1:8878', changeOrigin: true, headers: { origin: 'http://127.0.0.1:8878' } }]),
    ),
  },
  worker: { format: 'es' },
});
