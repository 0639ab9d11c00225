// DSH-1…3: the dashboards with their widgets: what each shows, and in which form.
import { metrics } from '../catalogue/metrics.ts';
import { serviceNames } from '../catalogue/service-names.ts';
import { widgetMetrics, widgetService } from '../catalogue/widgets.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { widgetKinds } from '../parts/dashboard.ts';
import { chosen, termsOf } from '../parts/term.ts';
import type { Design } from '../schema.ts';
import type { Section } from '../sections.ts';
import { distinct, readBlocks, readRows, refuseTheRest } from './blocks.ts';
import { offered } from './nearest.ts';

type Dashboard = Design['dashboards'][number];

const title = 'ダッシュボード構成';

/** The dashboards in the document's order. Undefined when the block is missing or a widget cannot be read; the ledger says why. */
export function readDashboards(section: Section, ledger: LineLedger): Design['dashboards'] | undefined {
  const blocks = readBlocks(section, ledger);
  if (section.blocks.length === 0) return undefined;
  const root = readRows(blocks, section.line, ledger, [title])[title];
  if (root?.value === '') ledger.mark(root.line, 'heading');
  const dashboards = distinct(root?.children ?? [], ledger).map((node, index) => readDashboard(node, index, ledger));
  refuseTheRest(
    blocks,
    ledger,
    `Overview Dashboard: / - ALB TargetResponseTime (${termsOf(widgetKinds)
      .map(({ ja }) => ja)
      .join(', ')})`,
  );
  if (root === undefined || dashboards.some((dashboard) => dashboard === undefined)) return undefined;
  return dashboards.filter((dashboard) => dashboard !== undefined);
}

function readDashboard(node: OutlineNode, index: number, ledger: LineLedger): Dashboard | undefined {
  if (node.value !== '' || node.children.length === 0) return undefined;
  ledger.state(node.line, 'input', `dashboards.${index}.title`);
  const widgets = distinct(node.children, ledger, ({ text }) => text).map((child, place) => {
    const words = /^(?<title>.+?)\s*\((?<kind>[^()]+)\)$/.exec(child.text)?.groups;
    const kind = chosen(words?.kind ?? '', widgetKinds);
    if (words?.title === undefined || kind === undefined) return undefined;
    if (widgetMetrics(node.key, words.title).length > 0) {
      ledger.state(child.line, 'input', `dashboards.${index}.widgets.${place}`);
    } else refuseWidget(node.key, words.title, child.line, ledger);
    return { title: words.title, kind };
  });
  if (widgets.some((widget) => widget === undefined)) return undefined;
  return { title: node.key, widgets: widgets.filter((widget) => widget !== undefined) };
}

/** Nobody knows the metric, or whose it is. */
function refuseWidget(dashboard: string, words: string, line: number, ledger: LineLedger): void {
  const { service, metric } = widgetService(dashboard, words);
  const known =
    service === undefined
      ? serviceNames.flatMap(([name, of]) => metrics[of].map((candidate) => `${name} ${candidate.name}`))
      : metrics[service].map(({ name }) => name);
  ledger.mark(line, 'unknown');
  ledger.refuse(line, 'unknown-name', { found: words, nearest: offered(metric, known) });
}
