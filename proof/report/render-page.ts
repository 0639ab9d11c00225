// Puts a build's data into the page that Vite has made of `page/`.
import { showWithinJson } from '../../design/show.ts';
import type { ReportData } from './report-data.ts';

const place = /<script type="application\/json" id="data">\{\}<\/script>/;

/**
 * The whole page as text.
 * @param page as it lies in dist/report/page.html
 * @throws when the page has no place for data
 */
export function renderPage(page: string, data: ReportData): string {
  if (!place.test(page)) throw new Error('the page has no place for the data of a report');
  // A document may hold anything, `</script>` and `<!--` too: within JSON every `<` can be written otherwise.
  const json = showWithinJson(JSON.stringify(data)).replaceAll('<', '\\u003c');
  return page.replace(place, () => `<script type="application/json" id="data">${json}</script>`);
}
