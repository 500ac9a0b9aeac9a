// What the explorer's tests share: a server of the program on a workspace, and pages of it in Chromium.
//
//     node web/tests/NAME.mjs TUPU
//
// TUPU is the program. A page fails its test with an error in the console, an error that nobody caught, a violation of the
// content security policy, or a request to anywhere but the server. CHROMIUM names the browser where it is not /usr/bin/chromium;
// with TUPU_DIST, a folder as `npm run build` writes it, that is the page instead of the one in the program.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const root = path.resolve(import.meta.dirname, '../..');
export const sample = path.join(root, 'data/sample');
export const hostile = path.join(root, 'tests/cases/hostile.jsonl');

const [tupu] = process.argv.slice(2);
if (!tupu) {
  console.error(`usage: node ${path.relative(process.cwd(), process.argv[1])} TUPU`);
  process.exit(2);
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tupu-web-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));

/** A new workspace with what the files say: annotations (`.jsonl`) are loaded, all else is read. */
export function workspace(...files) {
  const kg = fs.mkdtempSync(path.join(scratch, 'kg-'));
  fs.rmdirSync(kg);
  for (const file of files) {
    const done = spawnSync(tupu, [file.endsWith('.jsonl') ? 'load' : 'build', file, '--kg', kg], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${file}: ${done.stderr}`);
  }
  return kg;
}

/** A folder of the test's own, for what is downloaded. */
export function folder() {
  return fs.mkdtempSync(path.join(scratch, 'files-'));
}

/** A server of a workspace, once the graph is read: where it is, and how to end it. */
export async function serve(kg, ...options) {
  const process = spawn(tupu, ['serve', '--kg', kg, '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, told] = ['', ''];
  process.stdout.on('data', (bytes) => (said += bytes));
  process.stderr.on('data', (bytes) => (told += bytes));
  const ended = new Promise((done) => process.once('exit', done));
  const stop = () => (process.kill('SIGINT'), ended);
  for (const until = Date.now() + 120_000; ; ) {
    const at = /^http:\/\/\S+?(?=\/?\s)/m.exec(said)?.[0];
    const status = at && (await fetch(`${at}/api/status`).then((answer) => answer.json(), () => undefined));
    if (status?.state === 'ready') {
      const dist = globalThis.process.env.TUPU_DIST;
      if (!dist) return { at, stop };
      const front = await instead(dist, at);
      return { at: front.at, stop: () => (front.close(), stop()) };
    }
    if (status?.state === 'failed' || process.exitCode !== null || Date.now() > until) {
      throw new Error(`tupu serve: ${status?.error ?? told}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

const KINDS = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** A server that shows the page in `dist` under the same policy, and hands all else on. */
function instead(dist, to) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, to);
    const file = path.join(dist, pathname === '/' ? 'index.html' : path.normalize(pathname));
    const local = fs.existsSync(file);
    const headers = { ...request.headers, host: new URL(to).host };
    if (headers.origin) headers.origin = to;
    const asked = http.request(`${to}${local ? '/' : request.url}`, { method: request.method, headers }, (answer) => {
      if (!local) return answer.pipe(response.writeHead(answer.statusCode, answer.headers));
      const policy = answer.headers['content-security-policy'];
      response.writeHead(200, { 'content-type': KINDS[file.split('.').pop()], 'content-security-policy': policy });
      fs.createReadStream(file).pipe(response);
      answer.resume();
    });
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      done({ at: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) });
    });
  });
}

let browser;

/**
 * A page at an address of the explorer (`#/graph?…`), in Chinese and light unless `options` (those of a context of
 * Playwright, and `language`) say otherwise. `close` fails where anything went wrong in it.
 */
export async function open(at, address = '', { language = 'zh', ...options } = {}) {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    locale: language === 'zh' ? 'zh-CN' : 'en-US',
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const faults = [];
  await context.exposeBinding('__violated', (_, what) => faults.push(`policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.__violated(`${event.effectiveDirective} forbids ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  const page = await context.newPage();
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(`console: ${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== at && !['data:', 'blob:'].includes(url.protocol)) faults.push(`asks elsewhere: ${url}`);
  });
  await page.goto(`${at}/${address}`);
  const close = async () => {
    await context.close();
    if (faults.length) throw new Error(faults.join('\n'));
  };
  return { page, faults, close };
}

const tests = [];

/** A test, which `run` runs. */
export function test(name, body) {
  tests.push([name, body]);
}

/** Runs all tests one after the other, says how each went, and ends the process: with 1 where one failed. */
export async function run(prepare, tidy) {
  const only = process.argv[3];
  let failed = 0;
  const given = await prepare?.();
  for (const [name, body] of tests.filter(([name]) => !only || name.includes(only))) {
    try {
      await body(given);
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n${error.stack ?? error}`);
    }
  }
  await browser?.close();
  await tidy?.(given);
  process.exit(failed ? 1 : 0);
}
