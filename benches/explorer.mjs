// How long the explorer takes to show a graph, and how evenly it moves.
//
//     node benches/explorer.mjs TUPU KG
//
// KG is a workspace, such as one of 1,000 documents. Told are the time from opening the page, in a browser that has never
// seen it, until the most connected 150 entities stand where they belong; and with some 200 of them the times between frames
// while the picture is dragged and zoomed: those that the page is given, and those drawn in the browser's own trace.

import process from 'node:process';

const [tupu, kg] = process.argv.slice(2);
process.argv.splice(2, 2, tupu);
const { open, serve } = await import('../web/tests/harness.mjs');

const ROUNDS = 5;

/** Until the picture is laid out and drawn: the time since the page was opened, in milliseconds. */
function drawn(page) {
  return page.evaluate(
    () =>
      new Promise((done) => {
        const look = () => {
          const cy = document.querySelector('.picture')?._cyreg?.cy;
          if (!cy?.nodes().length || document.querySelector('.laying')) return setTimeout(look, 5);
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
        };
        look();
      }),
  );
}

const sorted = (list) => [...list].sort((one, other) => one - other);
const share = (list, part) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * part))] ?? NaN;
const tell = (list) => `median ${share(list, 0.5).toFixed(1)} ms, 95 in 100 within ${share(list, 0.95).toFixed(1)} ms`;

/** Frame times while something is done. */
async function frames(page, name, act) {
  const client = await page.context().newCDPSession(page);
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const includedCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline.frame'];
  await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  const given = page.evaluate(
    () =>
      new Promise((done) => {
        const times = [];
        let last = performance.now();
        const end = last + 1500;
        const frame = (now) => {
          times.push(now - last);
          last = now;
          now < end ? requestAnimationFrame(frame) : done(times.slice(1));
        };
        requestAnimationFrame(frame);
      }),
  );
  await act();
  const times = await given;
  const complete = new Promise((done) => client.once('Tracing.tracingComplete', done));
  await client.send('Tracing.end');
  await complete;
  const at = sorted(events.filter((event) => event.name === 'DrawFrame').map((event) => event.ts / 1000));
  console.log(`${name}: ${tell(times)}; drawn: ${tell(at.slice(1).map((time, n) => time - at[n]))}`);
}

const server = await serve(kg);
const times = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const { page, close } = await open(server.at);
  times.push(await drawn(page));
  await close();
}
console.log(`first view: median ${share(times, 0.5).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms of ${ROUNDS}`);

const { page, close } = await open(server.at, '#/graph?top=210', { viewport: { width: 1600, height: 1000 } });
await drawn(page);
await page.waitForTimeout(1500);
console.log(`${await page.evaluate(() => document.querySelector('.picture')._cyreg.cy.nodes(':visible').length)} nodes`);
const box = await page.locator('.picture').boundingBox();
const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
await frames(page, 'dragging', async () => {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 0; step < 45; step += 1) {
    await page.mouse.move(x + step * 4, y + step * 2);
    await page.waitForTimeout(12);
  }
  await page.mouse.up();
});
await frames(page, 'zooming', async () => {
  for (let step = 0; step < 30; step += 1) {
    await page.mouse.wheel(0, step < 15 ? -40 : 40);
    await page.waitForTimeout(25);
  }
});
await close();
await server.stop();
process.exit(0);
