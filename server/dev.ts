import { spawn } from 'node:child_process';
import { join } from 'node:path';

// For development: the server starts again when its files change, and Vite serves the client with hot reload.
// The page is Vite's, so that is the address which the server takes for its own.
const VITE_PORT = 5173;
const root = join(import.meta.dirname, '..');
const env = { ...process.env, PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${VITE_PORT}` };

const programs = [
  spawn(process.execPath, ['--watch', 'server/main.ts'], { cwd: root, env, stdio: 'inherit' }),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'client', '--port', String(VITE_PORT), '--strictPort'], {
    cwd: root,
    env,
    stdio: 'inherit',
  }),
];
for (const program of programs) program.once('exit', stopAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopAll);

function stopAll(): void {
  for (const program of programs) program.kill('SIGTERM');
}
