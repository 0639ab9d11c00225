import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import type { StackSource } from '../../assembly/scope.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { readRecoveryStep } from '../../design/words/recovery-line.ts';
import { judgeStatements } from '../judges/judge-statements.ts';
import { formLines } from '../judges/testing/form-lines.ts';
import { valueAt } from './data/evidence.ts';
import { type EvidenceRow, type ReportData, seen } from './report-data.ts';
import { graph, sampleReport, sources } from './testing/sample-report.ts';

const report = await sampleReport();
const lines = formLines(exampleDesign);
const statements = judgeStatements({
  graph,
  design: exampleDesign,
  lines,
  environments: ['production', 'staging', 'development'],
});

/** The templates with one changed in place, judged and reported anew. */
async function spoilt(
  id: string,
  change: (resources: Record<string, { Properties: Record<string, unknown> }>) => void,
) {
  const copies: StackSource[] = structuredClone(sources);
  const resources = copies.find((source) => source.id === id)?.template.Resources;
  change(resources as Parameters<typeof change>[0]);
  return await sampleReport({ graph: buildGraph(copies) });
}

describe('lines and evidence', () => {
  test('every line is there as it stands, with every verdict on it', () => {
    expect(report.lines.map(({ number, text }) => ({ number, text }))).toEqual(
      lines.map(({ number, text }) => ({ number, text })),
    );
    const told = report.lines.flatMap(({ number, statements: said = [] }) =>
      said.flatMap(({ path, verdicts }) =>
        verdicts.map(({ environment, verdict }) => `${number} ${path} ${environment} ${verdict}`),
      ),
    );
    const judged = statements.map(
      ({ line, path, environment, verdict }) => `${line} ${path} ${environment} ${verdict}`,
    );
    expect(told.sort()).toEqual(judged.sort());
  });

  test('a piece of evidence leads to the resource, the property and the lines of the template that were looked at', () => {
    const judged = statements.find(({ path, environment }) => path === 'network.cidr' && environment === 'staging');
    const told = report.lines.find(({ text }) => text === 'network.cidr')?.statements?.[0]?.verdicts[1];
    const row = report.evidence[told?.evidence[0] ?? -1];
    expect(unfolded(report, row)).toEqual({
      resource: judged?.evidence[0]?.resource,
      property: judged?.evidence[0]?.property,
      template: judged?.evidence[0]?.template,
      observed: exampleDesign.network.cidr,
      expected: exampleDesign.network.cidr,
      excerpt: exampleDesign.network.cidr,
      verdict: 'pass',
    });
  });

  test('every pointer leads to something in its template, or says that it is not there', () => {
    const wrong = report.evidence.filter((row) => {
      const { template, property, excerpt } = unfolded(report, row);
      const source = sources.find(({ templateFile }) => templateFile === template);
      // Evidence on a template as a whole has no excerpt.
      if (source === undefined || property === '') return false;
      return (valueAt(source.template, property) === undefined) !== (excerpt === '');
    });
    expect(wrong).toEqual([]);
  });

  test('nothing is said twice', () => {
    for (const list of [report.evidence, report.resources, report.texts]) {
      expect(new Set(list.map((one) => JSON.stringify(one))).size).toBe(list.length);
    }
  });

  test('the same build gives the same report', async () => {
    expect(JSON.stringify(await sampleReport())).toBe(JSON.stringify(report));
  });

  test('each criterion is told once, with its verdict in every environment', () => {
    expect(report.criteria.map(({ id }) => id)).toEqual(exampleDesign.criteria.map(({ id }) => id));
    expect(report.criteria.every(({ verdicts }) => verdicts.length === 3)).toBe(true);
  });
});

function unfolded({ resources, texts }: ReportData, row: EvidenceRow | undefined) {
  const [resource = -1, ...others] = row ?? [];
  const textAt = (place: number) => {
    const text = texts[place];
    return typeof text === 'object' ? text.en : text;
  };
  const [pointer = '', observed, expected, excerpt] = others.map(textAt);
  const { path, logicalId, file } = resources[resource] ?? { path: '', logicalId: '', file: -1 };
  const property =
    pointer.startsWith('/Resources/') || logicalId === '' ? pointer : `/Resources/${logicalId}${pointer}`;
  return {
    resource: path,
    template: textAt(file),
    property,
    observed,
    expected,
    excerpt,
    verdict: seen[row?.[5] ?? -1],
  };
}

describe('decisions', () => {
  test('those that a verdict refers to are named, with title and summary where there is a file', async () => {
    const file = 'specs/adr/infra-WEB-001-web-platform-adr-009.md';
    const content = '# ADR-009: Own metrics\n\n> 要約: 読み替える。\n\nStatus: accepted\n';
    const unasked = { file: 'specs/adr/other-adr-900.md', content: '# ADR-900: Nobody asks\n' };
    const { decisions } = await sampleReport({ decisions: [{ file, content }, unasked] });
    expect(decisions).toContainEqual({ id: 'ADR-009', title: 'Own metrics', summary: '読み替える。', file });
    expect(decisions.map(({ id }) => id)).not.toContain('ADR-900');
    const asked = statements.flatMap(({ deviation }) => deviation ?? []);
    expect(decisions.map(({ id }) => id)).toEqual(expect.arrayContaining([...new Set(asked)]));
  });
});

describe('security groups (SG-1…5)', () => {
  test('the matrix has the ways of the document and no other, each allowed at both ends', () => {
    const [matrix] = report.securityGroups;
    const stated = exampleDesign.securityGroups.flatMap(({ name, egress }) =>
      egress.map(({ peer, fromPort }) => {
        const to =
          peer.kind === 'cidr' ? peer.cidr : exampleDesign.securityGroups.find(({ key }) => key === peer.group)?.name;
        return `${name} → ${to} tcp ${fromPort}`;
      }),
    );
    const ways = matrix?.rules.filter(({ egress }) => egress !== undefined);
    expect(ways?.map(({ from, to, ports }) => `${from} → ${to} ${ports}`).sort()).toEqual(stated.sort());
    expect(matrix?.rules.every(({ stated: isStated }) => isStated)).toBe(true);
    const oneSided = matrix?.rules.filter(({ from, to, egress, ingress }) => {
      const isGroup = (name: string) => matrix.groups.includes(name);
      return isGroup(from) && isGroup(to) && (egress === undefined || ingress === undefined);
    });
    expect(oneSided).toEqual([]);
  });

  test('a way that the document does not have is told as such', async () => {
    const { securityGroups } = await spoilt('ProductionSecurityStack', (resources) => {
      const rds = Object.values(resources).find(({ Properties }) =>
        JSON.stringify(Properties.Tags ?? '').includes('"rds-sg"'),
      );
      const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/8', Description: 'Let me in' };
      if (rds !== undefined) rds.Properties.SecurityGroupIngress = [rds.Properties.SecurityGroupIngress, rule].flat();
    });
    expect(securityGroups[0]?.rules.filter(({ stated }) => !stated)).toMatchObject([
      { from: '10.0.0.0/8', to: 'rds-sg', ports: 'tcp 22' },
    ]);
  });
});

describe('alarms (MON-1…16)', () => {
  const limits = ({ alarms }: ReportData) =>
    alarms.flatMap(({ metric, members }) =>
      members.flatMap(({ environment, warning, critical }) =>
        [warning, critical].flatMap((limit) => (limit === undefined ? [] : [{ metric, environment, ...limit }])),
      ),
    );

  test('every row has its members, and each threshold is the document’s', () => {
    expect(report.alarms.map(({ metric }) => metric)).toEqual(exampleDesign.alarms.map(({ metric }) => metric));
    expect(limits(report).length).toBeGreaterThan(50);
    expect(limits(report).filter(({ wanted = 0, built = -1 }) => Math.abs(wanted - built) >= 1)).toEqual([]);
  });

  test('an environment that a row does not bind has no members in it', () => {
    const lag = report.alarms.find(({ metric }) => metric === 'ReplicaLag');
    expect(new Set(lag?.members.map(({ environment }) => environment))).toEqual(new Set(['production', 'staging']));
    expect(lag).toMatchObject({ measured: 'AWS/RDS AuroraReplicaLag', deviation: 'ADR-009' });
  });

  test('a threshold of the template that is another is told', async () => {
    const changed = await spoilt('ProductionMonitoringStack', (resources) => {
      const alarm = Object.values(resources).find(
        ({ Properties }) => Properties.MetricName === 'TargetResponseTime' && Properties.Threshold === 3,
      );
      if (alarm !== undefined) alarm.Properties.Threshold = 4;
    });
    expect(limits(changed).filter(({ wanted, built }) => wanted === 3 && built === 4)).toMatchObject([
      { metric: 'TargetResponseTime', environment: 'production' },
    ]);
  });
});

describe('differences', () => {
  test('a size that differs is told with its value in each environment, in their order', () => {
    const { production, staging, development } = exampleDesign.sizes;
    const classes = [production, staging, development].map(({ aurora }) => aurora.instanceClass);
    expect(report.differences).toContainEqual(
      expect.objectContaining({ type: 'AWS::RDS::DBInstance', property: 'DBInstanceClass', values: classes }),
    );
  });

  test('what bears the name of its environment is no difference', () => {
    expect(JSON.stringify(report.differences)).not.toMatch(/production|staging|development/i);
  });
});

describe('failover (DR-1…8)', () => {
  const recovery = {
    strategy: 'Pilot Light' as const,
    region: 'us-west-2',
    rpoSeconds: 3_600,
    rtoSeconds: 14_400,
    primary: [],
    standby: [],
    steps: [readRecoveryStep('promote', ['database'])],
  };
  const design = { ...exampleDesign, recovery };
  const drill = {
    environment: 'production',
    target: 'local',
    templateHash: 'these',
    kind: 'drill-region',
    speed: 20,
    result: { rpoMs: 900, rtoMs: 61_000, lostOrders: 0, steps: [{ name: 'promote', ms: 20_000 }] },
  };
  const drilled = async (file: unknown) => (await sampleReport({ design, results: [file] })).recovery?.drill;

  test('the promises are the document’s, and without a drill there is none', async () => {
    const { rpoSeconds, rtoSeconds, strategy } = recovery;
    expect((await sampleReport({ design })).recovery).toEqual({
      strategy,
      from: exampleDesign.region,
      to: 'us-west-2',
      rpoSeconds,
      rtoSeconds,
      steps: [{ title: 'promote', details: ['database'] }],
      drill: null,
    });
    expect(report.recovery).toBeNull();
  });

  test('a drill is told, and whether it was of these templates', async () => {
    expect(await drilled(drill)).toEqual({ target: 'local', speed: 20, current: true, ...drill.result });
    const never = { ...drill, result: { ...drill.result, rtoMs: null } };
    expect(await drilled(never)).toMatchObject({ rtoMs: null });
    expect(await drilled({ ...drill, templateHash: 'others' })).toMatchObject({ current: false });
  });

  test.each([{ ...drill, result: {} }, { ...drill, kind: 'drill-task' }, 'nonsense', null])(
    'what is no result of that drill counts as none',
    async (file) => {
      expect(await drilled(file)).toBeNull();
    },
  );
});

describe('what was run on a platform', () => {
  const observed = { environment: 'development', target: 'local', templateHash: 'these', criteria: [] };
  const waits = { rps: 100, requests: 1_000, errors: 0, p50: 5, p95: 249, p99: 426 };
  const load = { ...observed, kind: 'load', result: { ...waits, tasks: [[0, 1]] } };
  const surge = { ...observed, kind: 'drill-surge', result: { lost: 0, recoveryMs: 21_000 }, tasks: [[20, 3]] };

  test('loads and drills are told, and whether they were of these templates', async () => {
    const { runs } = await sampleReport({ results: [load, { ...surge, templateHash: 'others' }] });
    expect(runs).toEqual([
      expect.objectContaining({ name: 'load', current: true, load: waits, drill: null, tasks: [[0, 1]] }),
      expect.objectContaining({ name: 'surge', current: false, load: null, drill: surge.result, tasks: [[20, 3]] }),
    ]);
  });

  test.each([{ ...load, environment: 'nowhere' }, { ...surge, tasks: undefined }, 'nonsense', null])(
    'what is no such result is passed over',
    async (file) => {
      expect((await sampleReport({ results: [file] })).runs).toEqual([]);
    },
  );
});
