// The explorer's views beside the graph: paths, documents, saved and own queries, a text of one's own, decisions.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { folder, hostile, open, run, sample, serve, test, workspace } from './harness.mjs';

const address = (view, parameters) => `#/${view}?${new URLSearchParams(parameters)}`;


test('how two are connected is answered within four clicks from the start page, with the words of every step', async ({ at }) => {
  const { page, close } = await open(at);
  let clicks = 0;
  await page.exposeFunction('__clicked', () => (clicks += 1));
  await page.evaluate(() => addEventListener('click', (event) => event.isTrusted && window.__clicked(), true));
  await page.getByRole('link', { name: '路径' }).click();
  // The first field has the focus; then the second.
  for (const [end, words] of [['from', '泰坦科技'], ['to', '湖北']]) {
    const field = page.locator(`.ends .${end} input[role=combobox]`);
    await page.waitForFunction((end) => document.activeElement?.closest(`.ends .${end}`), end);
    await field.pressSequentially(words);
    await page.locator('.suggestions [role=option]', { hasText: end === 'to' ? '湖北省' : words }).first().click();
  }
  await page.locator('.way').first().waitFor();
  assert.ok(clicks <= 4, `${clicks} clicks`);
  const way = page.locator('.way').first();
  assert.deepEqual(await way.locator('summary .entity').allTextContents(), ['泰坦科技有限公司', '云汀市慈善总会', '湖北省']);
  assert.match((await way.locator('.hops .sentence').allTextContents()).join(), /泰坦科技有限公司向云汀市慈善总会捐赠.*云汀市慈善总会向湖北省/);
  assert.match(await way.locator('summary .relation').first().textContent(), /^—.*→$/, 'who gave to whom is told');

  await page.getByRole('button', { name: '对调' }).click();
  await page.waitForFunction(() => document.querySelector('.way summary .entity')?.textContent === '湖北省');
  assert.match(await way.locator('summary .relation').first().textContent(), /^←.*—$/);
  await way.getByRole('link', { name: '在图中看这条路' }).click();
  assert.match(page.url(), /#\/graph\?top=0&nodes=/);
  await close();
});

test('two that are not connected: another network is proposed, or it is said that there is none', async ({ at }) => {
  const ids = { from: 'org/泰坦科技有限公司', to: 'product/口罩' };
  const { page, close } = await open(at, address('path', { ...ids, network: 'actors' }));
  await page.getByText('在这种网络里，两者不相连').waitFor();
  await page.getByRole('button', { name: /直接关系 · 1 步/ }).click();
  await page.locator('.way').first().waitFor();
  assert.doesNotMatch(page.url(), /network/);
  await page.goto(`${at}/${address('path', { from: 'org/泰坦科技有限公司', to: 'place/nowhere' })}`);
  await page.getByRole('alert').getByText('place/nowhere').waitFor();
  await close().catch((error) => assert.match(error.message, /^(console: Failed to load resource.*\n?)+$/, 'only the refusal is told'));
});

test('a document: found, read beside its facts, each with its words in the text', async ({ at }) => {
  const { page, close } = await open(at, '#/documents');
  await page.getByRole('searchbox', { name: '搜索标题和正文' }).fill('手套');
  await page.locator('.snippet mark', { hasText: '手套' }).first().waitFor();
  await page.getByRole('link', { name: '防疫物资供应不断档' }).click();
  const facts = page.locator('.stated li');
  await facts.first().waitFor();
  assert.match(await page.locator('.annotated').textContent(), /泰坦科技有限公司累计提供口罩153\.9万只/);

  await page.keyboard.press('j');
  const supplied = page.locator('.annotated .evidence');
  await supplied.first().waitFor();
  const evidence = (await supplied.allTextContents()).join('');
  assert.match(evidence, /^泰坦科技有限公司累计提供口罩153\.9万只/);
  assert.match(page.url(), /fact=fact%2F/);
  assert.equal(await page.locator('.annotated [data-role=supplier]').textContent(), '泰坦科技有限公司');
  assert.deepEqual(await page.locator('.annotated [data-role=quantity]').allTextContents(), ['153.9万只', '527.9万付', '6.6万只', '3.7万双', '2万付']);
  const first = page.url();
  await page.keyboard.press('j');
  await page.waitForFunction((first) => location.href !== first, first);
  await page.keyboard.press('k');
  await page.waitForFunction((first) => location.href === first, first);

  await page.locator('.annotated .mention', { hasText: '手套' }).click();
  await page.locator('.chosen-entity', { hasText: '手套' }).waitFor();
  assert.equal(await page.locator('.annotated .chosen').count(), 1);
  assert.ok((await facts.count()) < 2, 'only the facts about it are left');
  await page.getByRole('link', { name: '在图中看' }).first().click();
  assert.match(decodeURIComponent(page.url()), /select=product\/手套/);
  await close();
});

test('a fact in the address is shown, and what is copied cites it', async ({ at }) => {
  const { facts } = await (await fetch(`${at}/api/facts?${new URLSearchParams({ entity: 'product/手套' })}`)).json();
  const { page, close } = await open(at, address('documents', { id: facts[0].document.id, fact: facts[0].id }), {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.locator('.stated li[aria-current]').waitFor();
  await page.locator('.annotated .evidence').first().waitFor();
  await page.getByRole('button', { name: '复制引文' }).click();
  await page.getByText('已复制').waitFor();
  const cited = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(cited, /^“泰坦科技有限公司累计提供口罩.*”.*《防疫物资供应不断档》. 2020-02-10/);
  await close();
});

test('the keyboard alone goes from a search to a document and its facts', async ({ at }) => {
  const { page, close } = await open(at, '#/documents');
  const field = page.getByRole('searchbox', { name: '搜索标题和正文' });
  await field.waitFor();
  for (let presses = 0; presses < 30 && !(await field.evaluate((it) => it === document.activeElement)); presses += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('手套');
  await page.locator('.snippet mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.annotated').waitFor();
  await page.keyboard.press('j');
  await page.locator('.annotated .evidence').first().waitFor();
  await close();
});

test('every built-in question has Chinese words', async ({ at }) => {
  const { page, close } = await open(at, '#/queries');
  const words = page.locator('.cards a > *');
  await words.first().waitFor();
  const asked = await (await fetch(`${at}/api/queries`)).json();
  const all = await words.allInnerTexts();
  assert.equal(all.length, 2 * asked.length, 'a title and what it answers');
  for (const words of all) assert.match(words, /\p{Script=Han}/u, words);
  await close();
});

test('a saved question with a parameter: its answers lead on, and are saved as CSV', async ({ at }) => {
  const { page, close } = await open(at, '#/queries');
  await page.getByRole('link', { name: /^供应/ }).click();
  const rows = page.locator('.results tbody tr');
  await rows.first().waitFor();
  const all = await rows.count();
  await page.getByLabel('名称').fill('手套');
  await page.keyboard.press('Enter');
  await page.waitForFunction((all) => document.querySelectorAll('.results tbody tr').length < all, all);
  assert.equal(await rows.count(), 1);
  assert.match(decodeURIComponent(page.url()), /name=supplies&param=name=手套/);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 CSV' }).click();
  const file = path.join(folder(), 'supplies.csv');
  await (await download).saveAs(file);
  const lines = fs.readFileSync(file, 'utf8').split('\r\n');
  assert.match(lines[0], /^\ufeff.*supplier.*,document,fact,evidence$/);
  assert.match(lines[1], /泰坦科技有限公司/);

  await rows.first().locator('button[aria-expanded]').click();
  await page.locator('.opened .sentence', { hasText: '累计提供口罩' }).waitFor();
  await page.getByRole('link', { name: '在 SPARQL 里打开' }).click();
  await page.locator('.results tbody tr').first().waitFor();
  assert.equal(await rows.count(), 1, 'it answers the same there');
  await rows.first().getByRole('link', { name: /^doc\// }).click();
  await page.locator('.annotated').waitFor();
  await close();
});

test('columns are sorted by number and by name', async ({ at }) => {
  const query = 'SELECT ?n ?w WHERE { VALUES (?n ?w) { (10 "乙") (9 "甲") (100 UNDEF) } }';
  const { page, close } = await open(at, address('sparql', { query }));
  const column = async (at) => page.locator(`.results tbody td:nth-child(${at})`).allTextContents();
  await page.locator('.results').waitFor();
  await page.getByRole('button', { name: 'n', exact: true }).click();
  assert.deepEqual(await column(1), ['9', '10', '100']);
  await page.getByRole('button', { name: 'n', exact: true }).click();
  assert.deepEqual(await column(1), ['100', '10', '9']);
  await page.getByRole('button', { name: 'w', exact: true }).click();
  assert.deepEqual(await column(2), ['甲', '乙', '']);
  await close();
});

test('the editor completes by Chinese labels and by the query, shows where an error is, and keeps what was asked', async ({ at }) => {
  const { page, faults, close } = await open(at, '#/sparql');
  const editor = page.locator('.cm-content');
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('SELECT ?donation WHERE {\n?donation a 捐赠');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: 'tupu:Donation' }).first().waitFor();
  // Completions that come while one types are not taken at once.
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.keyboard.type(' ; tupu:donor ?who .\n FILTER(BOUND(?don');
  await page.locator('.cm-tooltip-autocomplete li', { hasText: '?donation' }).first().waitFor();
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.locator('.results tbody tr').first().waitFor();
  assert.match(await editor.innerText(), /\?donation a tupu:Donation ; tupu:donor \?who/);

  await page.keyboard.press('Control+A');
  await page.keyboard.type('SELECT ?s WHERE {\n?s a tupu:Donation .\n?s FILTER');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.locator('.cm-wrong').innerText(), /\?s FILTER/);
  assert.equal(await page.locator('.asked li').count(), 2);
  await page.locator('.asked button').nth(1).click();
  await page.locator('.results tbody tr').first().waitFor();
  assert.equal(await page.locator('.cm-wrong').count(), 0);
  // The browser tells of the answer 400, as it must.
  assert.deepEqual(faults.filter((fault) => !/status of 400/.test(fault)), []);
  faults.length = 0;
  await close();
});

test('triples are shown as Turtle', async ({ at }) => {
  const query = 'CONSTRUCT { ?a tupu:donated ?b } WHERE { ?a tupu:donated ?b }';
  const { page, close } = await open(at, address('sparql', { query }));
  await page.locator('.turtle', { hasText: 'tupu:donated' }).waitFor();
  await close();
});

test('a text of one’s own is read as one types; emoji, tags and quotes move and break nothing', async ({ at }) => {
  const { page, close } = await open(at, '#/read');
  const text = '😀😀<script>alert("x")</script>“泰坦科技有限公司”向湖北省捐赠口罩100只👍。<img src=x onerror=alert(1)>';
  await page.getByLabel('要读的文字').fill(text);
  await page.locator('.annotated .mention', { hasText: '泰坦科技有限公司' }).waitFor();
  assert.equal(await page.locator('.annotated').textContent(), text);
  assert.equal(await page.locator('.annotated script, .annotated img').count(), 0);
  await page.locator('.stated li .type').first().click();
  await page.locator('.annotated .evidence').first().waitFor();
  assert.deepEqual(await page.locator('.annotated [data-role=item]').allTextContents(), ['口罩']);
  assert.deepEqual(await page.locator('.annotated [data-role=quantity]').allTextContents(), ['100只']);

  await page.getByLabel('显示词和词性').check();
  assert.equal(await page.locator('.annotated [data-pos]', { hasText: '捐赠' }).getAttribute('data-pos'), '动');
  await page.getByLabel('显示词和词性').uncheck();
  // What was read stays while more is typed.
  await page.getByLabel('要读的文字').pressSequentially('2月8日，云汀大学向湖北省捐赠手套5副。');
  await page.locator('.annotated .mention', { hasText: '云汀大学' }).waitFor();
  await page.getByRole('button', { name: '清空' }).click();
  await page.getByRole('button', { name: '用一段例文' }).click();
  await page.locator('.stated li').nth(5).waitFor();
  await close();
});

test('a hostile document is only ever text', async ({ at }) => {
  const ids = fs.readFileSync(hostile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).id);
  const { documents } = await (await fetch(`${at}/api/documents?limit=1000`)).json();
  const known = documents.filter(({ id, url }) => /[<"&]|javascript:/.test(JSON.stringify(id) + url) || ids.some((one) => id === `doc/${one}`));
  assert.ok(known.length > 0);
  for (const { id } of known.slice(0, 5)) {
    const { page, close } = await open(at, address('documents', { id }));
    await page.locator('.annotated').waitFor();
    assert.equal(await page.locator('.reader script, .reader img, .reader iframe, .reader a[href^="javascript:"]').count(), 0);
    await close();
  }
});

test('a fact is rejected with a reason, leaves the graph, and comes back when that is undone', async ({ review: at }) => {
  const { facts } = await (await fetch(`${at}/api/facts?${new URLSearchParams({ entity: 'product/手套' })}`)).json();
  const [{ id, document }] = facts;
  const { page, close } = await open(at, address('documents', { id: document.id, fact: id }));
  const fact = page.locator(`.fact[data-fact="${id}"]`);
  await fact.waitFor();
  await page.getByRole('button', { name: '否决' }).click();
  const decide = page.getByRole('button', { name: '决定' });
  assert.ok(await decide.isDisabled(), 'no decision without a reason');
  await page.getByLabel(/理由/).fill('原文另有所指');
  await decide.click();
  await fact.waitFor({ state: 'detached' });
  const gone = await (await fetch(`${at}/api/facts?${new URLSearchParams({ ids: id })}`)).json();
  assert.equal(gone.facts?.length ?? 0, 0);

  await page.getByRole('link', { name: '审阅' }).click();
  const made = page.locator('.decided li', { hasText: '原文另有所指' });
  await made.getByRole('button', { name: '撤销' }).click();
  await page.getByLabel(/理由/).fill('看错了');
  await page.getByRole('button', { name: '决定' }).click();
  await made.waitFor({ state: 'detached' });
  await page.goto(`${at}/${address('documents', { id: document.id, fact: id })}`);
  await fact.waitFor();
  await close();
});

test('without --review nothing can be decided', async ({ at }) => {
  const { page, close } = await open(at, '#/review');
  await page.getByText('tupu serve --review').waitFor();
  assert.equal(await page.getByRole('link', { name: '审阅' }).count(), 0);
  await close();
});

test('every view in English and dark, on a tablet, without a fault and without anything that sticks out', async ({ at }) => {
  const { documents } = await (await fetch(`${at}/api/documents?sort=facts&limit=1`)).json();
  const views = [
    ['path', { from: 'org/泰坦科技有限公司', to: 'place/420000' }, '.way'],
    ['documents', {}, '.list'],
    ['documents', { id: documents[0].id }, '.annotated'],
    ['queries', {}, '.cards'],
    ['queries', { name: 'timeline' }, '.results'],
    ['sparql', { query: 'ASK { ?s ?p ?o }' }, '.yes-no'],
    ['read', {}, '.draft'],
  ];
  const { page, close } = await open(at, '', { language: 'en', colorScheme: 'dark', viewport: { width: 1024, height: 768 } });
  for (const [view, parameters, shown] of views) {
    await page.goto(`${at}/${address(view, parameters)}`);
    await page.locator(shown).first().waitFor();
    const wide = await page.evaluate(() => [document.documentElement, document.querySelector('main')].map((it) => it.scrollWidth - it.clientWidth));
    assert.deepEqual(wide, [0, 0], `${view} is too wide`);
  }
  await close();
});

run(
  async () => {
    const file = path.join(folder(), 'relay.txt');
    fs.writeFileSync(file, '两次捐赠\n发布时间：2020-02-11\n\n2月9日，泰坦科技有限公司向云汀市慈善总会捐赠口罩8万只。次日，云汀市慈善总会向湖北省捐赠防护服500套。\n');
    const servers = await Promise.all([serve(workspace(sample, file, hostile)), serve(workspace(sample), '--review')]);
    return { at: servers[0].at, review: servers[1].at, servers };
  },
  ({ servers }) => Promise.all(servers.map((server) => server.stop())),
);
