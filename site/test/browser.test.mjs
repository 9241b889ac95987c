// The site in a real Chromium, as people use it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { after, before, describe } from 'node:test';
import { launchBrowser } from './browser.mjs';
import { serve } from './server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SOUND = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
const POD = (name, rest = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - name: web\n      image: acme/web:1.0\n${rest}`;

let site;
let browser;
let context;
/** Addresses that pages asked for elsewhere, errors of scripts and of the policy: there shall be none. */
const faults = [];

before(async () => {
  site = await serve();
  browser = await launchBrowser();
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
});

after(async () => {
  await browser?.close();
  site?.close();
});

async function openPage(path, { in: where = context } = {}) {
  const page = await where.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(site.url).origin) && !/^(data|blob):/.test(request.url())) {
      faults.push(`${path} asks for ${request.url()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      faults.push(`${path}: ${message.text()}`);
    }
  });
  await page.goto(site.url + path);
  return page;
}

async function openPlayground(path = '/playground/', options) {
  const page = await openPage(path, options);
  await page.waitForSelector('#playground-findings li, #playground-summary:not(:has-text("…"))');
  await waitUntilChecked(page);
  return page;
}

async function waitUntilChecked(page) {
  await page.waitForFunction(
    () => !document.getElementById('playground').hasAttribute('aria-busy') && document.querySelector('.cm-content'),
  );
}

/** Puts a text in place of that of the editor, as by paste, and waits for what is found. */
async function paste(page, text) {
  await page.click('.cm-content');
  await page.keyboard.press('Control+a');
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('Control+v');
  await page.waitForTimeout(300);
  await waitUntilChecked(page);
}

const summary = (page) => page.textContent('#playground-summary');
const listRules = (page) =>
  page.$$eval('#playground-findings li > a', (links) => links.map((link) => link.textContent));

describe('the playground', () => {
  test('shows picture and findings of the manifest that this project began with', async () => {
    const page = await openPlayground();
    assert.match(await summary(page), /^errors: 1 · warnings: \d · objects: 1$/);
    assert.ok((await listRules(page)).includes('unknown-field'));
    assert.equal(await page.locator('#playground-pictures svg').count(), 1);
    assert.ok(await page.locator('#playground-pictures [data-finding]').count());
    await page.close();
  });

  test('a finding lets its line and its place in the picture light up', async () => {
    const page = await openPlayground();
    await page.click('#playground-findings li:has(a:text-is("unknown-field")) button');
    assert.match(await page.textContent('.lit-line'), /port: \[\{ containerPort: 8080 }]/);
    const lit = await page.$$eval('#playground-pictures .is-lit', (parts) => parts.map(({ dataset }) => dataset.path));
    assert.ok(lit.length >= 2, 'it is drawn in the network and in the order of start');
    assert.deepEqual([...new Set(lit)], ['spec.containers[0]']);
    assert.equal(
      await page.getAttribute('#playground-findings li:has(a:text-is("unknown-field")) button', 'aria-pressed'),
      'true',
    );
    await page.close();
  });

  test('a part of the picture, or a line, lets its findings light up', async () => {
    const page = await openPlayground();
    await page
      .locator('#playground-pictures [data-path="spec.containers[1]"]')
      .first()
      .click({ position: { x: 5, y: 5 } });
    await page.waitForSelector('.lit-line');
    assert.match((await page.locator('.lit-line').allTextContents()).join('\n'), /- name: log-agent/);
    const pressed = '#playground-findings li:has(button[aria-pressed="true"]) > a';
    assert.ok((await page.locator(pressed).allTextContents()).includes('companion-resources'));
    await page.locator('.cm-line', { hasText: 'image: nginx' }).click();
    assert.deepEqual(await page.locator(pressed).allTextContents(), ['image-tag']);
    await page.close();
  });

  test('checks for the version of Kubernetes that is chosen', async () => {
    const page = await openPlayground();
    await paste(
      page,
      'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {}\n',
    );
    assert.ok((await listRules(page)).includes('api-version'));
    const versions = await page.$$eval('#playground-version option', (options) => options.map(({ value }) => value));
    assert.deepEqual(versions, ['1.29', '1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37']);
    await paste(page, `${POD('web', '  hostUsers: false\n')}`);
    await page.selectOption('#playground-version', '1.29');
    await waitUntilChecked(page);
    await page.close();
  });

  test('opens each example', async () => {
    const page = await openPlayground('/playground/?example=38-four-containers');
    assert.equal(await page.inputValue('#playground-example'), '38-four-containers');
    assert.match(await summary(page), /^No findings · objects: \d+$/);
    await page.selectOption('#playground-example', '02-shop');
    await page.waitForFunction(() =>
      document.querySelector('#playground-pictures figcaption')?.textContent.includes('shop'),
    );
    await page.close();
  });

  test('opens files that are chosen and files that are dropped', async () => {
    const page = await openPlayground();
    await page.setInputFiles('#playground-files', [
      { name: 'a.yaml', mimeType: 'application/yaml', buffer: Buffer.from(POD('a')) },
      { name: 'b.yaml', mimeType: 'application/yaml', buffer: Buffer.from(POD('b')) },
    ]);
    await page.waitForFunction(() => /objects: 2$/.test(document.getElementById('playground-summary').textContent));
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'c.yaml'));
      document
        .querySelector('.cm-content')
        .dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, SOUND);
    await page.waitForFunction(() => /objects: 1$/.test(document.getElementById('playground-summary').textContent));
    await page.close();
  });

  test('says what is wrong with broken YAML at its line, and keeps the last picture', async () => {
    const page = await openPlayground();
    await paste(page, POD('web'));
    assert.equal(await page.locator('#playground-pictures.is-old').count(), 0);
    await paste(page, 'apiVersion: v1\nkind: Pod\nmetadata: {name: web\nspec:\n  containers: [}\n');
    assert.deepEqual(await listRules(page), ['yaml-syntax']);
    assert.match(await page.textContent('#playground-findings .where'), /^line \d+$/);
    assert.equal(await page.locator('.cm-lint-marker-error').count(), 1);
    assert.equal(await page.locator('#playground-pictures.is-old svg').count(), 1);
    assert.match(await page.textContent('#playground-picture-note'), /last text that could be read/);
    await paste(page, SOUND);
    assert.equal(await page.locator('#playground-pictures svg').count(), 0);
    assert.match(await page.textContent('#playground-picture-note'), /no pod/);
    await page.close();
  });

  test('is used with the keyboard alone', async () => {
    const page = await openPlayground();
    const reached = [];
    for (let count = 0; count < 80; count++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const { activeElement: element } = document;
          const { outlineStyle } = getComputedStyle(element);
          const isEditor = element.classList.contains('cm-content');
          const isVisible =
            outlineStyle !== 'none' ||
            (isEditor && getComputedStyle(element.closest('.cm-editor')).outlineStyle !== 'none');
          const name =
            element.id ||
            (isEditor
              ? 'editor'
              : element.closest('#playground-pictures')
                ? 'picture'
                : element.closest('#playground-findings')
                  ? element.localName
                  : 'other');
          return { name, isVisible };
        }),
      );
    }
    const names = reached.map(({ name }) => name);
    for (const name of [
      'playground-example',
      'playground-version',
      'playground-open',
      'playground-share',
      'editor',
      'picture',
      'button',
      'a',
    ]) {
      assert.ok(names.includes(name), `${name} is not reached; what is: ${[...new Set(names)].join(', ')}`);
    }
    const hidden = reached.filter(({ name, isVisible }) => name !== 'other' && !isVisible);
    assert.deepEqual(hidden, []);
    await page.focus('#playground-findings button');
    await page.keyboard.press('Enter');
    assert.equal(await page.getAttribute('#playground-findings button', 'aria-pressed'), 'true');
    await page.focus('#playground-pictures [tabindex="0"]');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.lit-line');
    await page.focus('.cm-content');
    await page.keyboard.press('F8');
    await page.waitForSelector('.cm-tooltip-lint, .cm-panel-lint');
    await page.close();
  });

  test('stays quick with a manifest of 2 MB', async () => {
    const page = await openPlayground();
    const pods = Array.from({ length: 9_000 }, (_, index) =>
      POD(
        `pod-${index}`,
        '      ports: [{containerPort: 8080}, {containerPort: 8080}]\n  # a comment that makes the text longer, as real ones are\n',
      ),
    );
    const text = `# many pods\n${pods.join('---\n')}`;
    assert.ok(text.length > 2_000_000, String(text.length));
    await page.setInputFiles('#playground-files', [
      { name: 'large.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) },
    ]);
    await page.waitForFunction(() => document.getElementById('playground').hasAttribute('aria-busy'));
    await page.click('.cm-content');
    await page.keyboard.press('Control+Home');
    const slowest = await page.evaluate(async () => {
      // The time between frames while keys are pressed and the check runs.
      const editor = document.querySelector('.cm-content');
      let longest = 0;
      let last = performance.now();
      for (let count = 0; count < 30; count++) {
        document.execCommand('insertText', false, '# ');
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => setTimeout(resolve, 30));
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }
      return editor.isConnected ? longest : Number.POSITIVE_INFINITY;
    });
    assert.ok(slowest < 1_500, `a key took ${slowest} ms`);
    await page.waitForFunction(
      () => /objects: 9000$/.test(document.getElementById('playground-summary').textContent),
      undefined,
      { timeout: 300_000 },
    );
    assert.match(await summary(page), /^errors: 9000/);
    assert.ok((await page.locator('#playground-findings li').count()) <= 202);
    await page.close();
  });

  test('runs nothing that a text tries to run', async () => {
    const page = await openPlayground();
    const evil = [
      POD('"<script>window.hacked = 1</script>"'),
      POD(
        '"<img src=x onerror=window.hacked=2>"',
        '    - name: "\\"><svg onload=window.hacked=3>"\n      image: "javascript:window.hacked=4"\n',
      ),
      POD(
        'evil',
        '      env: [{name: "</text><script>window.hacked=5</script>", value: x}]\n      volumeMounts: [{name: "]]><a href=javascript:window.hacked=6>x</a>", mountPath: "/\\u202e<style>*{display:none}</style>"}]\n',
      ),
    ].join('---\n');
    await paste(page, evil);
    assert.ok((await listRules(page)).length > 3);
    for (const button of await page.locator('#playground-findings button').all()) {
      await button.click();
    }
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    const inside = await page.$$eval(
      '#playground :is(script, iframe, foreignObject, [onerror], [onload], a[href^="javascript"], img)',
      (all) => all.length,
    );
    assert.equal(inside, 0);
    assert.deepEqual(
      await page.$$eval('#playground a', (links) =>
        links.map((link) => new URL(link.href).protocol).filter((protocol) => protocol !== 'http:'),
      ),
      [],
    );
    await page.close();
  });

  test('shares a text by link, which no server sees', async () => {
    const text = `${POD('shared')}# 한글 주석 <script>alert(1)</script>\n`;
    const page = await openPlayground();
    await page.selectOption('#playground-version', '1.34');
    await paste(page, text);
    await page.click('#playground-share');
    await page.waitForSelector('#playground-message:has-text("The link is copied")');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, page.url());
    const asked = [];
    const other = await context.newPage();
    other.on('request', (request) => asked.push(request.url()));
    await other.goto(link);
    await other.waitForSelector('#playground-pictures svg');
    assert.equal(
      await other.evaluate(
        () =>
          document.querySelector('.cm-content').cmTile?.view?.state.doc.toString() ??
          document.querySelector('.cm-content').innerText,
      ),
      await page.evaluate(
        () =>
          document.querySelector('.cm-content').cmTile?.view?.state.doc.toString() ??
          document.querySelector('.cm-content').innerText,
      ),
    );
    assert.match(await other.textContent('.cm-content'), /한글 주석 <script>alert\(1\)<\/script>/);
    assert.equal(await other.inputValue('#playground-version'), '1.34');
    assert.deepEqual(
      asked.filter((url) => url.includes('yaml=')),
      [],
      'the text is in an address that was asked for',
    );
    await other.close();
    await page.close();
  });

  test('says so where a link cannot be read, or unpacks to too much', async () => {
    for (const fragment of ['#yaml=%3Cscript%3E', '#yaml=javascript:alert(1)', `#yaml=${await packZeros()}`]) {
      const page = await openPage(`/playground/${fragment}`);
      await page.waitForSelector('#playground-message:has-text("cannot be read")');
      await waitUntilChecked(page);
      assert.match(await summary(page), /objects: 1$/);
      await page.close();
    }
  });

  test('speaks Korean', async () => {
    const page = await openPlayground('/ko/playground/');
    assert.match(await summary(page), /^오류 1개 · 경고 \d개 · 오브젝트 1개$/);
    assert.equal(await page.getAttribute('html', 'lang'), 'ko');
    await page.close();
  });
});

/** A link that unpacks to 64 MB. */
async function packZeros() {
  const packed = new Blob([new Uint8Array(64 * 1024 * 1024)])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'));
  return Buffer.from(await new Response(packed).arrayBuffer()).toString('base64url');
}

/** Starlight calls its button "Search", and shows the keys "Ctrl K" in it. */
const UPSTREAM = ['label-content-name-mismatch'];

const MAIN_PAGES = [
  '/',
  '/getting-started/',
  '/guides/choose-an-agent/',
  '/guides/ship-logs/',
  '/playground/',
  '/catalogue/',
  '/catalogue/38-four-containers/',
  '/rules/',
  '/rules/port-collision/',
  '/api/',
  '/api/fluentbit/',
  '/delivery/',
  '/ko/',
  '/ko/guides/ship-logs/',
  '/ko/playground/',
];

for (const colorScheme of ['light', 'dark']) {
  test(`main pages can be used by everybody, ${colorScheme}`, async () => {
    const own = await browser.newContext({ colorScheme, bypassCSP: true });
    const found = [];
    for (const path of MAIN_PAGES) {
      const page = await (path.includes('playground')
        ? openPlayground(path, { in: own })
        : openPage(path, { in: own }));
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run());
      found.push(...violations.filter(({ id }) => !UPSTREAM.includes(id)).map((one) => describeViolation(path, one)));
      await page.close();
    }
    await own.close();
    assert.deepEqual(found, []);
  });
}

function describeViolation(path, { id, nodes }) {
  const places = nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`);
  return `${path} ${id}: ${places.join(' | ')}`;
}

test('main pages fit into a window of 360 pixels', async () => {
  const own = await browser.newContext({ viewport: { width: 360, height: 740 } });
  for (const path of MAIN_PAGES) {
    const page = await (path.includes('playground') ? openPlayground(path, { in: own }) : openPage(path, { in: own }));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${path} is ${width} pixels wide`);
    await page.close();
  }
  await own.close();
});

describe('the search', () => {
  const search = async (path, text) => {
    const page = await openPage(path);
    await page.waitForSelector('button[data-open-modal]:not([disabled])');
    await page.waitForLoadState('networkidle');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('.pagefind-ui__search-input');
    await page.fill('.pagefind-ui__search-input', text);
    await page.waitForSelector('.pagefind-ui__result-link');
    const links = await page.$$eval('.pagefind-ui__result-link', (all) =>
      all.map((link) => new URL(link.href).pathname),
    );
    await page.close();
    return links;
  };

  test('finds a class by its name, and by a name that it has in Python', async () => {
    assert.ok((await search('/', 'OAuth2Provider')).some((link) => link.endsWith('/api/oauth2provider/')));
    assert.ok((await search('/', 'buffer_limit')).some((link) => link.includes('/api/')));
  });

  test('finds a rule', async () => {
    assert.ok((await search('/', 'port-collision')).some((link) => link.endsWith('/rules/port-collision/')));
  });

  test('finds a page in Korean', async () => {
    assert.ok((await search('/ko/', '사이드카')).some((link) => link.startsWith('/cdk8s-pod-patterns/ko/')));
    assert.ok((await search('/ko/', '에이전트')).some((link) => link.endsWith('/ko/guides/choose-an-agent/')));
  });
});

test('a page of the API shows the language that the reader picked, on every page', async () => {
  const page = await openPage('/api/fluentbit/');
  assert.ok(await page.isVisible('[data-language="typescript"].language'));
  await page.check('input[value="python"]', { force: true });
  assert.ok(await page.isVisible('[data-language="python"].language'));
  assert.ok(!(await page.isVisible('[data-language="typescript"].language')));
  await page.goto(`${site.url}/api/vector/`);
  assert.ok(await page.isVisible('[data-language="python"].language'));
  await page.close();
});

test('pictures follow the theme of the site', async () => {
  const page = await openPage('/catalogue/38-four-containers/');
  const colour = () => page.$eval('.pod-picture rect.page', (element) => getComputedStyle(element).fill);
  await page.selectOption('starlight-theme-select select', 'light');
  const light = await colour();
  await page.selectOption('starlight-theme-select select', 'dark');
  assert.notEqual(await colour(), light);
  await page.close();
});

test('no page asks for anything elsewhere, and no script fails', () => {
  assert.deepEqual(faults, []);
});
