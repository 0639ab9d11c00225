// Bundles the pages. The report of a build is one HTML file with its style and program inside, and a policy that lets it fetch nothing:
// dist/report/page.html. The status page of `hashira up` is three files that its server gives away: dist/status/.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} root of the project */
export async function buildPages(root) {
  await Promise.all([buildReportPage(root), buildStatusPage(root)]);
}

async function buildReportPage(root) {
  const { page, style, program } = await bundled(join(root, 'proof/report/page'), '/');
  const folder = join(root, 'dist/report');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'page.html'), inOne(page, style, program));
}

async function buildStatusPage(root) {
  const { page, style, program } = await bundled(join(root, 'local/status/page'), './');
  const folder = join(root, 'dist/status');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), page);
  writeFileSync(join(folder, 'style.css'), style);
  writeFileSync(join(folder, 'page.js'), program);
}

/** What a page's folder comes to; `base` stands before the names of files. */
async function bundled(folder, base) {
  const { build } = await import('vite');
  const result = await build({
    root: folder,
    base,
    configFile: false,
    logLevel: 'warn',
    // The same page whoever builds it: a test runner names another mode.
    mode: 'production',
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 1 << 20,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rollupOptions: { output: { entryFileNames: 'page.js', assetFileNames: 'style.css' } },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const page = output.find(({ fileName }) => fileName === 'index.html');
  const style = output.find(({ fileName }) => fileName.endsWith('.css'));
  const [program, ...others] = output.filter(({ type }) => type === 'chunk');
  if (others.length > 0) throw new Error(`a page is one program, not ${others.length + 1}`);
  return { page: page.source, style: style.source, program: program.code };
}

/** Puts style and program where the page refers to them. The program comes last, when the page is there. */
function inOne(page, style, program) {
  // What ends a script element may not stand in one.
  const code = program.replaceAll('</script', '<\\/script');
  const hash = createHash('sha256').update(code).digest('base64');
  // Charts carry a style element of their own, so inline style is allowed; without images, fonts or connections it can tell nobody.
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  return page
    .replace(/\s*<script type="module"[^>]*><\/script>/, '')
    .replace(/\s*<link rel="stylesheet"[^>]*>/, () => `\n    <style>${style}</style>`)
    .replace(
      '<meta charset="utf-8" />',
      (meta) => `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('</body>', () => `<script type="module">${code}</script>\n  </body>`);
}
