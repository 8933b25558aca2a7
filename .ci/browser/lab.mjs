// Drives a real JupyterLab in Chromium: opens the main notebook, runs all cells, and checks that every prompt is
// filled, that no cell failed and that a plot is visible, by its pixels. Run by `make test` (part "browser").
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const { VENV, DRIVER, CHROMIUM, SHOTS } = process.env;
const { chromium } = createRequire(path.join(DRIVER, 'package.json'))('playwright-core');
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const notebook = process.argv[2] ?? '01-post-summit-traffic.ipynb';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'sightline-lab-'));
for (const dir of ['notebooks', 'datasets']) fs.cpSync(path.join(root, dir), path.join(work, dir), { recursive: true });
strip(path.join(work, 'notebooks', notebook));
fs.mkdirSync(SHOTS, { recursive: true });

// Outputs are removed first, so that what the test sees was made by this run.
function strip(file) {
  const nb = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const cell of nb.cells) if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  fs.writeFileSync(file, JSON.stringify(nb, null, 1));
}

async function startLab() {
  const runtime = fs.mkdtempSync(path.join(os.tmpdir(), 'sightline-runtime-'));
  const settings = path.join(runtime, 'settings', '@jupyterlab', 'apputils-extension');
  fs.mkdirSync(settings, { recursive: true });
  fs.writeFileSync(path.join(settings, 'notification.jupyterlab-settings'), '{"fetchNews": "false", "checkForUpdates": false}');
  const log = fs.openSync(path.join(SHOTS, 'jupyterlab.log'), 'w');
  const lab = spawn(path.join(VENV, 'bin', 'python'), ['-m', 'jupyterlab', '--no-browser', '--ip=127.0.0.1', '--port=0',
    '--IdentityProvider.token=', '--ServerApp.password=', '--allow-root', '--ServerApp.root_dir=' + work,
    '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
    '--LabApp.workspaces_dir=' + path.join(runtime, 'workspaces'), '--LabApp.user_settings_dir=' + path.join(runtime, 'settings')],
  { stdio: ['ignore', log, log], env: { ...process.env, JUPYTER_RUNTIME_DIR: runtime } });
  for (let i = 0; i < 600; i++) {
    const file = fs.readdirSync(runtime).find(f => /^jpserver-\d+\.json$/.test(f));
    if (file) {
      try { return { lab, url: JSON.parse(fs.readFileSync(path.join(runtime, file), 'utf8')).url }; } catch { /* half written */ }
    }
    if (lab.exitCode !== null) throw new Error('JupyterLab ended: see ' + path.join(SHOTS, 'jupyterlab.log'));
    await new Promise(r => setTimeout(r, 100));
  }
  throw new Error('JupyterLab did not start in a minute');
}

const checks = [];
const check = (name, ok, detail = '') => {
  checks.push(ok);
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}${ok ? '' : ' ' + detail}`);
};

// The picture's pixels, as the browser decoded them.
const pixels = img => img.evaluate(async el => {
  await el.decode();
  const c = Object.assign(document.createElement('canvas'), { width: el.naturalWidth, height: el.naturalHeight });
  const g = c.getContext('2d');
  g.fillStyle = 'white';
  g.fillRect(0, 0, c.width, c.height);
  g.drawImage(el, 0, 0);
  const d = g.getImageData(0, 0, c.width, c.height).data;
  const seen = new Set();
  let ink = 0;
  for (let i = 0; i < d.length; i += 4) {
    seen.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]);
    if (d[i] < 200 || d[i + 1] < 200 || d[i + 2] < 200) ink++;
  }
  return { width: c.width, height: c.height, colours: seen.size, ink: ink / (c.width * c.height) };
});

async function open(page, url) {
  await page.goto(`${url}lab/tree/notebooks/${notebook}?reset`, { waitUntil: 'domcontentloaded' });
  // The notebook's own indicator is idle before there is a kernel; the status bar knows.
  await page.waitForFunction(() => /\| Idle/.test(document.querySelector('#jp-main-statusbar')?.textContent ?? ''), null, { timeout: 90_000 });
}

const frame = page => page.evaluate(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))));

// Cells outside the window are rendered when they come into view: walk down and look at each.
async function survey(page, box) {
  const prompts = new Set(), pictures = new Map();
  let errors = 0;
  await box.evaluate(el => { el.scrollTop = 0; });
  for (let step = 0, last = -1; step < 400; step++) {
    await frame(page);
    for (const cell of await page.locator('.jp-CodeCell').all()) {
      const prompt = (await cell.locator('.jp-InputPrompt').first().textContent().catch(() => '')).trim();
      if (prompts.has(prompt)) continue;
      if (/^\[\d+\]:$/.test(prompt)) prompts.add(prompt);
      errors += await cell.locator('[data-mime-type="application/vnd.jupyter.error"]').count().catch(() => 0);
      for (const [i, img] of (await cell.locator('.jp-OutputArea-output img').all()).entries())
        pictures.set(`${prompt} ${i}`, await pixels(img).catch(() => null));
    }
    const at = await box.evaluate(el => { el.scrollTop += 700; return el.scrollTop; });
    if (at === last) break;
    last = at;
  }
  return { prompts, pictures, errors };
}

let lab, browser;
try {
  const server = await startLab();
  lab = server.lab;
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1360, height: 1700 } });
  await page.route('**/*', r => ['127.0.0.1', 'localhost'].includes(new URL(r.request().url()).hostname) ? r.continue() : r.abort());
  await open(page, server.url).catch(() => open(page, server.url)); // one retry: a cold start may be slow
  await page.click('text="Run" >> visible=true');
  await page.click('.lm-Menu-item[data-command="runmenu:run-all"]');

  const total = JSON.parse(fs.readFileSync(path.join(work, 'notebooks', notebook), 'utf8'))
    .cells.filter(c => c.cell_type === 'code' && [c.source].flat().join('').trim()).length;
  const notebookBox = page.locator('.jp-WindowedPanel-outer').first();
  const want = Array.from({ length: total }, (_, i) => `[${i + 1}]:`);
  let seen;
  for (const until = Date.now() + 300_000; Date.now() < until;) {
    seen = await survey(page, notebookBox);
    if (want.every(p => seen.prompts.has(p))) break;
  }
  const absent = want.filter(p => !seen.prompts.has(p));
  check(`every prompt is filled (${total} cells)`, absent.length === 0, 'missing ' + absent.join(' '));
  check('no cell shows an error', seen.errors === 0, String(seen.errors));
  const plots = [...seen.pictures.values()].filter(p => p && p.width >= 300 && p.height >= 200 && p.colours > 16 && p.ink > 0.005 && p.ink < 0.9);
  check('plots are visible, by their pixels', plots.length >= 2, JSON.stringify([...seen.pictures.values()]));
  await notebookBox.evaluate(el => { el.scrollTop = 0; });
  await page.screenshot({ path: path.join(SHOTS, 'top.png') });
  const firstPlot = page.locator('.jp-OutputArea-output img').first();
  for (let i = 0; i < 60 && !(await firstPlot.isVisible().catch(() => false)); i++) {
    await notebookBox.evaluate(el => { el.scrollTop += 500; });
    await frame(page);
  }
  await firstPlot.scrollIntoViewIfNeeded().catch(() => {});
  await page.screenshot({ path: path.join(SHOTS, 'plot.png') });
} catch (e) {
  check('the browser test ran', false, e.stack);
} finally {
  await browser?.close();
  lab?.kill('SIGTERM');
  await new Promise(r => (lab && lab.exitCode === null ? lab.on('exit', r) : r()));
  fs.rmSync(work, { recursive: true, force: true });
}
const failed = checks.filter(ok => !ok).length;
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
