// The explorer's graph view: what a researcher does with it, on the sample and on words that break pages.
//
//     node web/tests/graph.mjs TUPU [PART OF A TEST'S NAME]

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { folder, hostile, open, run, sample, serve, test, workspace } from './harness.mjs';

// --- What the picture shows, and where

/** Waits until the picture shows what the address asks for, and tells its ids and places. */
async function shown(page) {
  await page.waitForFunction(() => {
    const cy = document.querySelector('.picture')?._cyreg?.cy;
    return cy && cy.nodes().nonempty() && !document.querySelector('.stage.pending, .laying');
  });
  return page.evaluate(() => {
    const { cy } = document.querySelector('.picture')._cyreg;
    return {
      nodes: cy.nodes().map((node) => node.id()).sort(),
      edges: cy.edges().map((edge) => edge.id()).sort(),
      places: Object.fromEntries(cy.nodes().map((node) => [node.id(), [node.position('x'), node.position('y')]])),
    };
  });
}

/** Waits until the picture has, or no longer has, a node. */
async function has(page, id, wanted = true) {
  await page.waitForFunction(([id, wanted]) => document.querySelector('.picture')?._cyreg?.cy.getElementById(id).nonempty() === wanted, [id, wanted]);
}

/** Where a node is on the page. */
async function spot(page, id) {
  return page.evaluate((id) => {
    const box = document.querySelector('.picture');
    const { x, y } = box._cyreg.cy.getElementById(id).renderedPosition();
    const { left, top } = box.getBoundingClientRect();
    return { x: left + x, y: top + y };
  }, id);
}

async function tap(page, id, { times = 1, shift = false } = {}) {
  const { x, y } = await spot(page, id);
  if (shift) await page.keyboard.down('Shift');
  await page.mouse.click(x, y, { clickCount: times, delay: 20 });
  if (shift) await page.keyboard.up('Shift');
}

/** Types a name and takes the first entity that is suggested. */
async function search(page, name) {
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.locator('.suggestions li', { hasText: name }).first().click();
}

const ask = (at, what) => fetch(`${at}/api/${what}`).then((answer) => answer.json());
const panel = (page) => page.locator('.panel');
const parameters = (page) => new URLSearchParams(new URL(page.url()).hash.split('?')[1]);

const INSTITUTE = 'org/上海实验动物研究中心';

// --- A newcomer's questions, each answered within four clicks

/** A page that counts clicks. */
async function newcomer(at) {
  const { page, close } = await open(at);
  let clicks = 0;
  await page.exposeFunction('__clicked', () => (clicks += 1));
  await page.evaluate(() => addEventListener('pointerdown', () => window.__clicked(), true));
  return {
    page,
    done: async () => {
      await close();
      assert(clicks >= 1 && clicks <= 4, `${clicks} clicks`);
    },
  };
}

async function searchByMouse(page, name) {
  await page.locator('.top input[type=search]').click();
  await page.keyboard.type(name);
  await page.locator('.suggestions li', { hasText: name }).first().click();
}

test('a newcomer learns who gave masks', async ({ at }) => {
  const { page, done } = await newcomer(at);
  await searchByMouse(page, '口罩');
  const given = panel(page).locator('[data-type=Donation] .fact');
  await given.first().waitFor();
  assert.match(await given.first().innerText(), /捐赠方\s+泰坦科技有限公司[^]*口罩\s*超过 150,000 只[^]*捐赠口罩超过15万只/);
  await done();
});

test('a newcomer learns what the institute supplied to whom', async ({ at }) => {
  const { page, done } = await newcomer(at);
  await searchByMouse(page, '上海实验动物研究中心');
  const supplied = panel(page).locator('[data-type=Supply] .fact', { hasText: '实验用鼠' });
  await supplied.first().waitFor();
  assert.match((await supplied.allInnerTexts()).join('\n'), /上海公共卫生临床中心[^]*提供实验用鼠/);
  await done();
});

test('a newcomer learns what happened on a day', async ({ at }) => {
  const { page, done } = await newcomer(at);
  await page.locator('.bar[data-day="2020-01-27"]').click({ position: { x: 3, y: 55 } });
  await panel(page).locator('h2', { hasText: '2020-01-27' }).waitFor();
  const fact = panel(page).locator('.fact');
  await fact.first().waitFor();
  assert.match(await fact.first().innerText(), /米哈游科技有限公司[^]*15,000 个[^]*1月27日/);
  await done();
});

test('a newcomer reads where that is said, word for word', async ({ at }) => {
  const { page, done } = await newcomer(at);
  await searchByMouse(page, '米哈游');
  const fact = panel(page).locator('.fact', { hasText: '15000个医疗防护口罩' }).first();
  const id = await fact.getAttribute('data-fact');
  // The words that fill roles are marked in the sentence, and are those of the document.
  const marked = await fact.locator('.sentence mark').allInnerTexts();
  assert(marked.includes('医疗防护口罩'), marked.join());
  await fact.locator('a.source').click();
  assert.equal(parameters(page).get('id'), 'doc/mihoyo-shipment.txt');
  assert.equal(parameters(page).get('fact'), id);
  await page.locator('.annotated .evidence[data-role=item]:visible', { hasText: '医疗防护口罩' }).first().waitFor();
  await done();
});

// --- The way of a researcher

test('from a search over an expansion and an edge to the document', async ({ at }) => {
  const { page, close } = await open(at);
  await search(page, '泰坦科技有限公司');
  const first = await shown(page);
  assert(first.nodes.includes('org/泰坦科技有限公司') && first.nodes.length > 3 && first.nodes.length < 20);
  const { nodes } = await ask(at, 'graph?top=0&nodes=product/医用口罩&expand=product/医用口罩');
  await page.evaluate(() => (location.hash = `#/graph?top=0&nodes=${encodeURIComponent('product/医用口罩')}&expand=${encodeURIComponent('product/医用口罩')}`));
  await has(page, 'org/泰坦科技有限公司', false);
  const before = await shown(page);
  assert.deepEqual(before.nodes, nodes.map(({ id }) => id).sort());
  const more = nodes.find(({ hidden }) => hidden > 0);
  await tap(page, more.id, { times: 2 });
  await page.waitForFunction((many) => document.querySelector('.picture')._cyreg.cy.nodes().length > many, before.nodes.length);
  const after = await shown(page);
  assert.deepEqual(parameters(page).getAll('expand'), ['product/医用口罩', more.id]);
  // What was there stays where it was.
  for (const id of before.nodes) assert.deepEqual(after.places[id], before.places[id], id);
  const edge = after.edges[0];
  await page.evaluate((id) => document.querySelector('.picture')._cyreg.cy.getElementById(id).emit('tap'), edge);
  await panel(page).locator('.fact').first().waitFor();
  assert.equal(parameters(page).get('select'), edge);
  await panel(page).locator('a.source').first().click();
  assert.match(page.url(), /#\/documents\?id=doc%2F.+&fact=fact%2F/);
  await page.goBack();
  assert.deepEqual((await shown(page)).nodes, after.nodes);
  await close();
});

test('filters leave out what they say, and tell where nothing is left', async ({ at }) => {
  const { page, close } = await open(at);
  const all = await shown(page);
  await page.locator('.legend [data-type=Organization]').click();
  await page.waitForFunction((many) => document.querySelector('.picture')._cyreg.cy.nodes().length < many, all.nodes.length);
  const { nodes } = await ask(at, 'graph?types=Organization');
  assert.deepEqual((await shown(page)).nodes, nodes.map(({ id }) => id).sort());
  await page.getByRole('button', { name: '筛选' }).click();
  await page.locator('.filters .option', { hasText: '病例数' }).click();
  await page.locator('.state.empty').waitFor();
  assert.match(await page.locator('.state.empty').innerText(), /实体类型：机构[^]*事实类型：病例数/);
  await page.locator('.state.empty').getByRole('button', { name: '清除全部筛选' }).click();
  assert.deepEqual((await shown(page)).nodes, all.nodes);
  assert.equal(page.url().split('#')[1], '/graph');
  await close();
});

test('days that are drawn over on the timeline filter the graph', async ({ at }) => {
  const { page, close } = await open(at);
  const all = await shown(page);
  const [from, to] = [await page.locator('.bar[data-day="2020-02-08"]').boundingBox(), await page.locator('.bar[data-day="2020-02-11"]').boundingBox()];
  await page.mouse.move(from.x + 2, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 2, to.y + 20, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => location.hash.includes('from=2020-02-08&to=2020-02-11'));
  await page.waitForFunction((many) => document.querySelector('.picture')?._cyreg?.cy.nodes().length < many, all.nodes.length);
  const { nodes } = await ask(at, 'graph?from=2020-02-08&to=2020-02-11');
  assert.deepEqual((await shown(page)).nodes, nodes.map(({ id }) => id).sort());
  await panel(page).locator('h2', { hasText: '2020-02-08 – 2020-02-11' }).waitFor();
  await page.getByRole('button', { name: '不限日期' }).click();
  await page.waitForFunction((many) => document.querySelector('.picture')?._cyreg?.cy.nodes().length === many, all.nodes.length);
  // By keys: the first bar, and its facts.
  await page.locator('.bars').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await panel(page).locator('h2', { hasText: '2020-01-27' }).waitFor();
  await close();
});

test('what is exported is what is shown', async ({ at }) => {
  const { page, close } = await open(at, `#/graph?top=0&nodes=${INSTITUTE}&expand=${INSTITUTE}&types=Organization`);
  const { nodes, edges } = await shown(page);
  const files = folder();
  const take = async (name) => {
    await page.getByRole('button', { name: '导出' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.sheet > *', { hasText: name }).first().click()]);
    const file = path.join(files, download.suggestedFilename());
    await download.saveAs(file);
    return fs.readFileSync(file);
  };
  const { elements } = JSON.parse(await take('Cytoscape JSON'));
  assert.deepEqual(elements.nodes.map(({ data }) => data.id).sort(), nodes);
  assert.deepEqual(elements.edges.map(({ data }) => `${data.source}|${data.interaction}|${data.target}`).sort(), edges);
  const graphml = String(await take('GraphML'));
  assert.deepEqual([...graphml.matchAll(/<node id="([^"]+)"/g)].map(([, id]) => id).sort(), nodes);
  assert.deepEqual([...String(await take('GEXF')).matchAll(/<node id="([^"]+)"/g)].map(([, id]) => id).sort(), nodes);
  assert.equal((await take('CSV')).subarray(0, 2).toString(), 'PK');
  assert.equal((await take('PNG')).subarray(1, 4).toString(), 'PNG');
  for (const name of ['重新排版', '如所见']) {
    await page.getByRole('button', { name: '导出' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.sheet > *', { hasText: 'SVG' }).filter({ hasText: name }).click()]);
    await download.saveAs(path.join(files, 'picture.svg'));
    const svg = fs.readFileSync(path.join(files, 'picture.svg'), 'utf8');
    assert(svg.startsWith('<') && svg.includes('上海实验动物研究中心'), name);
  }
  await close();
});

test('a link opens the same view, and the same picture', async ({ at }) => {
  const first = await open(at, '#/graph?facts=Supply&facts=Donation&min_confidence=0.5&colour=community&size=page_rank');
  await shown(first.page);
  await first.page.locator('.top-list button').first().click();
  await first.page.locator('.panel .measures').waitFor();
  // A node that is dragged stays where it is put.
  const id = parameters(first.page).get('select');
  const { x, y } = await spot(first.page, id);
  await first.page.mouse.move(x, y);
  await first.page.mouse.down();
  await first.page.mouse.move(x + 60, y - 40, { steps: 4 });
  await first.page.mouse.up();
  await first.page.waitForFunction(() => location.hash.includes('pins='));
  const before = await shown(first.page);
  const link = new URL(first.page.url()).hash;
  const second = await open(at, link);
  const after = await shown(second.page);
  await second.page.waitForFunction((id) => document.querySelector('.picture')._cyreg.cy.getElementById(id).hasClass('pinned'), id);
  assert.deepEqual(after.nodes, before.nodes);
  assert.deepEqual(after.edges, before.edges);
  for (const other of after.nodes.filter((one) => one !== id)) assert.deepEqual(after.places[other], before.places[other], other);
  const [put, found] = [before.places[id], (await shown(second.page)).places[id]];
  assert(Math.hypot(put[0] - found[0], put[1] - found[1]) < 1.5, `${put} ${found}`);
  assert.equal(new URL(second.page.url()).hash, link);
  assert.equal(await second.page.locator('.panel h2').innerText(), await first.page.locator('.panel h2').innerText());
  await first.close();
  await second.close();
});

test('every change can be taken back and made again', async ({ at }) => {
  const { page, close } = await open(at);
  const all = await shown(page);
  const undo = page.getByRole('button', { name: '撤销' });
  const redo = page.getByRole('button', { name: '重做' });
  assert(await undo.isDisabled());
  await tap(page, INSTITUTE);
  await panel(page).locator('h2', { hasText: '上海实验动物研究中心' }).waitFor();
  await page.keyboard.press('Delete');
  await has(page, INSTITUTE, false);
  await undo.click();
  await has(page, INSTITUTE);
  assert.deepEqual((await shown(page)).places[INSTITUTE].map(Math.round), all.places[INSTITUTE].map(Math.round));
  await redo.click();
  await has(page, INSTITUTE, false);
  await page.keyboard.press('Control+z');
  await has(page, INSTITUTE);
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => location.hash === '' || location.hash === '#/graph');
  assert(await undo.isDisabled());
  await close();
});

test('all that matters goes by keys', async ({ at }) => {
  const { page, close } = await open(at);
  await shown(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.canvas').focus();
  await page.keyboard.press('ArrowRight');
  await panel(page).locator('.measures').waitFor();
  const first = parameters(page).get('select');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((id) => new URLSearchParams(location.hash.split('?')[1]).get('select') !== id, first);
  const here = parameters(page).get('select');
  await page.waitForFunction(() => document.querySelector('.heard').textContent.length > 3);
  await page.keyboard.press('e');
  await page.waitForFunction(() => location.hash.includes('expand='));
  assert.deepEqual(parameters(page).getAll('expand'), [here]);
  // From the picture one comes into the panel: by Enter at once, or by Tab.
  const inside = () => page.evaluate(() => document.activeElement.closest('.panel-side') !== null);
  await page.keyboard.press('Tab');
  assert(await inside());
  await page.locator('.canvas').focus();
  await page.keyboard.press('Enter');
  assert(await inside());
  const zoom = () => page.evaluate(() => document.querySelector('.picture')._cyreg.cy.zoom());
  const before = await zoom();
  await page.keyboard.press('+');
  assert((await zoom()) > before);
  await page.keyboard.press('f');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !location.hash.includes('select='));
  await page.keyboard.press('t');
  await page.locator('.rows').waitFor();
  await close();
});

test('several nodes are chosen and hidden together', async ({ at }) => {
  const { page, close } = await open(at);
  await shown(page);
  await tap(page, INSTITUTE);
  await panel(page).locator('.measures').waitFor();
  await tap(page, 'org/泰坦科技有限公司', { shift: true });
  await page.locator('.many', { hasText: '已选 2 个' }).waitFor();
  await page.locator('.many').getByRole('button', { name: '隐藏' }).click();
  await has(page, INSTITUTE, false);
  await has(page, 'org/泰坦科技有限公司', false);
  await close();
});

test('the tables hold what the picture shows', async ({ at }) => {
  const { page, close } = await open(at, '#/graph?facts=Supply');
  const { nodes, edges } = await shown(page);
  await page.getByRole('button', { name: '表格' }).click();
  const rows = page.locator('.rows tbody tr[data-id]');
  await rows.first().waitFor();
  assert.equal(await page.locator('.rows table').getAttribute('aria-rowcount'), String(nodes.length + 1));
  await page.getByRole('tab', { name: '边' }).click();
  assert.equal(await page.locator('.rows table').getAttribute('aria-rowcount'), String(edges.length + 1));
  await page.getByRole('button', { name: '把握' }).click();
  const sure = (await rows.locator('td:nth-child(6)').allInnerTexts()).map(Number.parseFloat);
  assert.deepEqual(sure, [...sure].sort((one, other) => other - one));
  await page.getByRole('tab', { name: '事实' }).click();
  await rows.first().locator('td:nth-child(2) a').click();
  const id = parameters(page).get('select');
  await panel(page).locator(`[data-fact="${id}"] .sentence`).waitFor();
  await close();
});

test('an entity without relations is found, and told so', async ({ at }) => {
  const { nodes } = await ask(at, 'graph?isolated=true&top=3000');
  const joined = await ask(at, 'graph?top=3000');
  const alone = nodes.find(({ id }) => !joined.nodes.some((one) => one.id === id));
  const { page, close } = await open(at, `#/graph?top=0&nodes=${encodeURIComponent(alone.id)}&select=${encodeURIComponent(alone.id)}`);
  await panel(page).locator('h2', { hasText: alone.name }).waitFor();
  await page.locator('.missing').getByRole('button', { name: '也显示无关系的' }).click();
  await has(page, alone.id);
  await close();
});

test('on a tablet, panels lie over the picture', async ({ at }) => {
  const { page, close } = await open(at, '', { viewport: { width: 1024, height: 768 }, hasTouch: true });
  await shown(page);
  assert.equal(await panel(page).count(), 0);
  const { x, y } = await spot(page, INSTITUTE);
  await page.touchscreen.tap(x, y);
  await panel(page).locator('h2', { hasText: '上海实验动物研究中心' }).waitFor();
  const { width } = await page.locator('.canvas').boundingBox();
  assert(width > 1000, `${width}`);
  await close();
});

test('in English and in the dark', async ({ at }) => {
  const { page, close } = await open(at, `#/graph?select=${INSTITUTE}`, { language: 'en', colorScheme: 'dark' });
  await shown(page);
  await panel(page).locator('.fact').first().waitFor();
  const words = await page.locator('.toolbar').innerText();
  assert(/Filter/.test(words) && !/[一-鿿]/.test(words), words);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await close();
});

// --- Words that break pages

test('words of documents are words, whatever stands in them', async () => {
  const files = folder();
  const name = `<script>alert("x")</script>'&amp;公司`;
  const text = `${name}向<b>青山</b>医院捐赠"口罩"1万只<img src=x onerror=alert(1)>。`;
  const span = (words) => ({ start: [...text.slice(0, text.indexOf(words))].length, end: [...text.slice(0, text.indexOf(words) + words.length)].length });
  const entity = (id, type, words) => ({ id, type, name: words, mentions: [span(words)] });
  const annotation = {
    id: 'x"<1>',
    title: '<i>标题</i>',
    text,
    entities: [entity('e1', 'Organization', name), entity('e2', 'Organization', '<b>青山</b>医院'), entity('e3', 'Product', '"口罩"')],
    facts: [
      {
        id: 'f1',
        type: 'Donation',
        evidence: { start: 0, end: [...text].length },
        roles: [
          { role: 'donor', entity: 'e1' },
          { role: 'recipient', entity: 'e2' },
          { role: 'item', entity: 'e3' },
        ],
      },
    ],
  };
  fs.writeFileSync(path.join(files, 'x.jsonl'), `${JSON.stringify(annotation)}\n`);
  const server = await serve(workspace(hostile, path.join(files, 'x.jsonl')));
  const { page, close } = await open(server.at);
  await shown(page);
  const { nodes } = await ask(server.at, 'graph');
  for (const node of nodes) {
    await page.evaluate((id) => (location.hash = `#/graph?select=${encodeURIComponent(id)}`), node.id);
    await page.waitForFunction((name) => document.querySelector('.panel h2')?.textContent.trim() === name.trim(), node.name);
  }
  const donor = nodes.find((node) => node.name === name);
  assert(donor, `the name is kept as it is: ${nodes.map((node) => node.name)}`);
  await page.evaluate((id) => (location.hash = `#/graph?select=${encodeURIComponent(id)}`), donor.id);
  await page.locator('.fact', { hasText: '<script>alert("x")</script>' }).first().waitFor();
  assert.equal(await page.locator('.sentence').first().evaluate((quote) => quote.textContent), text);
  await page.getByRole('button', { name: '表格' }).click();
  await page.locator('.rows a', { hasText: name }).waitFor();
  assert.equal(await page.locator('main script, main img, .panel b, .panel i:not([class])').count(), 0);
  await close();
  await server.stop();
});

await run(
  () => serve(workspace(sample)),
  (server) => server.stop(),
);
