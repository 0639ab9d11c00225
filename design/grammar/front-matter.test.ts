import { describe, expect, test } from 'vitest';
import { LineLedger } from '../lines.ts';
import { readFrontMatter } from './front-matter.ts';
import { complaints } from './testing/sections.ts';

const lines = [
  '---',
  'id: WEB-007',
  'feature: order-desk',
  'type: design',
  'version: 1.10',
  'created: 2026-02-28',
  'based_on: specs/stories/WEB-007-order-desk/requirements.md',
  'related_adr:',
  '  - specs/adr/001-vpc.md',
  '  - specs/adr/infra-WEB-007-order-desk-adr-002.md',
  'hashira:',
  '  owner: desk-team',
  '  alert_email: desk@example.com',
  '  domain: none',
];
const read = (text: string) => {
  const ledger = new LineLedger(text);
  return { ledger, ...readFrontMatter(ledger) };
};
/** The front matter with more lines at the end of the `hashira:` block, which begin at line 15. */
const withInputs = (...more: readonly string[]) =>
  read([...lines, ...more.map((line) => `  ${line}`), '---'].join('\n'));
/** The front matter with one line replaced. */
const withLine = (number: number, ...instead: readonly string[]) =>
  read([...lines.slice(0, number - 1), ...instead, ...lines.slice(number), '---'].join('\n'));

test('DOC-1: every key is read from its line, as text', () => {
  const { head, from, ledger } = withInputs();
  expect(complaints(ledger)).toEqual([]);
  expect(from).toBe(16);
  expect(head).toEqual({
    id: 'WEB-007',
    feature: 'order-desk',
    version: '1.10',
    created: '2026-02-28',
    basedOn: 'specs/stories/WEB-007-order-desk/requirements.md',
    relatedAdr: ['specs/adr/001-vpc.md', 'specs/adr/infra-WEB-007-order-desk-adr-002.md'],
  });
  const stated = ledger.lines().flatMap(({ number, statements }) => statements.map(({ path }) => `${number} ${path}`));
  expect(stated).toEqual([
    '2 id',
    '3 feature',
    '5 version',
    '6 created',
    '7 basedOn',
    '9 relatedAdr.0',
    '10 relatedAdr.1',
    '12 inputs.owner',
    '13 inputs.alertEmail',
    '14 inputs.domain',
  ]);
});

test('INP-1: what the block leaves out has its default, and the project is the feature', () => {
  expect(withInputs().inputs).toEqual({
    project: 'order-desk',
    owner: 'desk-team',
    alertEmail: 'desk@example.com',
    domain: 'none',
    accounts: 'each',
    failover: 'manual',
    interfaceEndpoints: false,
    architecture: 'x86_64',
    cacheEngine: 'redis',
    maxTasks: 10,
    workingHours: { start: '09:00', stop: '19:00', timeZone: 'Asia/Tokyo' },
    publicHolidays: [],
  });
});

test('INP-1: every key is read', () => {
  const certificate = (region: string, id: string) => `arn:aws:acm:${region}:123456789012:certificate/${id}`;
  const { inputs, region, ledger } = withInputs(
    'project: orders',
    'hosted_zone_id: Z0123456789ABC',
    'certificates:',
    `  edge: ${certificate('us-east-1', 'a-1')}`,
    `  origin: ${certificate('eu-west-1', 'b-2')}`,
    'accounts: one',
    'failover: automatic',
    'interface_endpoints: true',
    'architecture: arm64',
    'cache_engine: valkey',
    'max_tasks: 24',
    'standby_cidr: 10.9.0.0/16',
    'jwt_issuer: https://login.example.com/',
    'working_hours: { start: "08:30", time_zone: Europe/Dublin }',
    'public_holidays:',
    '  - 2026-03-17',
    '  - 2026-12-25',
    'region: eu-west-1',
    'budget:',
    '  production: 1500',
    '  staging: 799.50',
  );
  expect(complaints(ledger)).toEqual([]);
  expect(inputs).toMatchObject({
    project: 'orders',
    hostedZoneId: 'Z0123456789ABC',
    certificates: { edge: certificate('us-east-1', 'a-1'), origin: certificate('eu-west-1', 'b-2') },
    accounts: 'one',
    failover: 'automatic',
    interfaceEndpoints: true,
    architecture: 'arm64',
    cacheEngine: 'valkey',
    maxTasks: 24,
    standbyCidr: '10.9.0.0/16',
    jwtIssuer: 'https://login.example.com/',
    workingHours: { start: '08:30', stop: '19:00', timeZone: 'Europe/Dublin' },
    publicHolidays: ['2026-03-17', '2026-12-25'],
    budget: { production: 1500, staging: 799.5 },
  });
  expect(region).toEqual({ code: 'eu-west-1', line: 32 });
  expect(ledger.lineOf('inputs.certificates.origin')).toBe(19);
  expect(ledger.lineOf('inputs.publicHolidays.1')).toBe(31);
  const budget = ledger.lines()[34]?.statements;
  expect(budget).toEqual([{ kind: 'input', path: 'inputs.budget.staging', environments: ['staging'] }]);
});

describe('INP-1: a value that cannot be used is refused at its line', () => {
  test.each([
    ['owner: "a <b>"'],
    ['project: []'],
    ['alert_email: desk'],
    ['domain: not a name'],
    ['domain: -example.com'],
    ['hosted_zone_id: 0123'],
    ['certificates: arn:aws:acm:us-east-1:123456789012:certificate/a'],
    ['certificates: { edge: "arn:aws:iam::123456789012:server-certificate/a" }'],
    [`certificates: { edge: "arn:aws:acm:eu-west-1:123456789012:certificate/a" }`],
    ['accounts: two'],
    ['failover: sometimes'],
    ['interface_endpoints: maybe'],
    ['architecture: x86'],
    ['cache_engine: memcached'],
    ['max_tasks: 0'],
    ['max_tasks: 2.5'],
    ['max_tasks: 5001'],
    ['max_tasks: many'],
    ['standby_cidr: 10.1.0.0'],
    ['jwt_issuer: http://login.example.com'],
    ['jwt_issuer: login'],
    ['working_hours: { start: 9:00 }'],
    ['working_hours: { start: "24:00" }'],
    ['working_hours: { start: "19:00", stop: "09:00" }'],
    ['working_hours: { start: "09:00", stop: "09:59" }'],
    ['working_hours: { time_zone: Tokyo }'],
    ['working_hours: { time_zone: "+09:00" }'],
    ['working_hours: { time_zone: asia/tokyo }'],
    ['working_hours: { time_zone: Asia/Edo }'],
    ['budget: 1500'],
    ['budget: { production: $1500 }'],
    ['budget: { production: 0 }'],
    ['budget: { staging: -1 }'],
    ['public_holidays: [2026-02-29]'],
    ['public_holidays: 2026-02-28'],
    ['region: tokyo'],
    ['max_tasks:'],
  ])('%s', (line) => {
    const key = line.split(':')[0] ?? '';
    const written = lines.findIndex((known) => known.startsWith(`  ${key}:`)) + 1;
    const { ledger } = written > 0 ? withLine(written, `  ${line}`) : withInputs(line);
    const at = written > 0 ? written : 15;
    expect(complaints(ledger)).toEqual([`${at} front-matter-value`]);
    expect(ledger.problems[0]?.message.en).toContain(`\`${key}\``);
  });
});

test.each([
  ['a mistyped key', '  alert_mail: desk@example.com', 13, 'alert_email'],
  ["a key of the design's own in camel case", '  alertEmail: desk@example.com', 13, 'alert_email'],
  ['a key of the document', 'features: order-desk', 3, 'feature'],
])('an unknown key is refused with the nearest one: %s', (_, line, number, meant) => {
  const unknown = withLine(number, line).ledger.problems.find(({ code }) => code === 'front-matter-key');
  expect(unknown?.line).toBe(number);
  expect(unknown?.message.en).toContain(`such as \`${meant}\``);
});

test('an unknown part of an input is refused at its own line', () => {
  expect(complaints(withInputs('working_hours:', '  begin: "09:00"').ledger)).toContain('16 front-matter-key');
});

describe('DOC-1: bad front matter is refused', () => {
  test.each([
    ['an id with spaces', 2, ['id: WEB 007'], ['2 front-matter-value']],
    ['no id', 2, ['id:'], ['2 front-matter-value']],
    ['a feature that is no tag', 3, ['feature: "a*b"'], ['3 front-matter-value']],
    ['another type', 4, ['type: requirements'], ['4 front-matter-value']],
    ['no version', 5, ['version: next'], ['5 front-matter-value']],
    ['a day that is in no calendar', 6, ['created: 2026-02-30'], ['6 front-matter-value']],
    ['a date in other words', 6, ['created: 28.2.2026'], ['6 front-matter-value']],
    ['requirements that are no file', 7, ['based_on: soon'], ['7 front-matter-value']],
    ['a list with an empty member', 9, ['  -'], ['8 front-matter-value']],
    ['a missing key', 6, [], ['14 front-matter-incomplete']],
    ['a key twice', 3, ['feature: order-desk', 'feature: desk'], ['4 row-twice']],
    ['an input twice', 12, ['  owner: a', '  owner: b'], ['13 row-twice']],
    ['a quote that never ends', 14, ['  domain: "none'], ['14 front-matter-syntax']],
    ['a tab gone wrong', 9, ['- : : -'], ['9 front-matter-syntax']],
  ])('%s', (_, number, instead, expected) => {
    const { ledger } = withLine(number, ...instead);
    expect(complaints(ledger).filter((complaint) => !complaint.endsWith('missing-input'))).toEqual(
      expect.arrayContaining(expected.map((line) => expect.stringContaining(line))),
    );
    expect(ledger.problems.every(({ message }) => message.en !== '' && message.ja !== '')).toBe(true);
  });

  test('inputs that are no mapping', () => {
    const { ledger } = read([...lines.slice(0, 10), 'hashira: yes', '---'].join('\n'));
    expect(complaints(ledger)).toContain('11 front-matter-value');
  });

  test('none at all, at the first line that has words', () => {
    expect(complaints(read('\n# Title\n').ledger)).toEqual(['2 front-matter-missing']);
  });

  test('an end that is missing, at its beginning', () => {
    expect(complaints(read(lines.join('\n')).ledger)).toEqual(['1 front-matter-unclosed']);
  });

  test('nesting that no reader could follow', () => {
    expect(read(`---\nid: ${'['.repeat(9000)}\n---\n`).ledger.problems.map(({ code }) => code)).toContain(
      'front-matter-syntax',
    );
  });

  test('an alias instead of a value', () => {
    const { ledger } = withLine(3, 'feature: &name order-desk', 'other: *name');
    expect(complaints(ledger)).toContain('4 front-matter-key');
    expect(complaints(withLine(5, 'version: *id').ledger)[0]).toContain('5 front-matter');
  });
});

describe('placeholders', () => {
  test('each is named at its line, and its stand-in takes its place', () => {
    const { ledger, head } = withLine(2, 'id: [STORY_ID]');
    expect(complaints(ledger)).toEqual(['2 placeholder']);
    expect(head?.id).toBe('INFRA-000');
    expect(ledger.lines()[1]).toMatchObject({ kind: 'placeholder', statements: [] });
  });

  test('one that the form does not have leaves the stand-in of its key', () => {
    expect(withLine(3, 'feature: [注文]').head?.feature).toBe('platform');
    expect(withLine(7, 'based_on: specs/[story]/requirements.md').head?.basedOn).toBe('specs/story/requirements.md');
  });

  test('one in place of an input is no missing input too', () => {
    const { ledger, inputs } = withLine(12, '  owner: [チーム名]');
    expect(complaints(ledger)).toEqual(['12 placeholder']);
    expect(inputs?.owner).toBe('platform');
  });

  test('the brackets of a YAML list are none', () => {
    const { ledger, head, inputs } = read(
      [...lines.slice(0, 7), 'related_adr: []', ...lines.slice(10), '  public_holidays: [2026-01-01]', '---'].join(
        '\n',
      ),
    );
    expect(complaints(ledger)).toEqual([]);
    expect(head?.relatedAdr).toEqual([]);
    expect(inputs?.publicHolidays).toEqual(['2026-01-01']);
  });
});

test('INP-1: what only the author knows is demanded in one forgivable problem, and has a stand-in', () => {
  const { ledger, inputs } = read([...lines.slice(0, 10), '---'].join('\n'));
  expect(complaints(ledger)).toEqual(['11 missing-input']);
  expect(ledger.problems[0]?.forgivable).toBe(true);
  for (const name of ['owner', 'alert_email', 'domain']) {
    expect(ledger.problems[0]?.message.en).toContain(`\`${name}\``);
    expect(ledger.problems[0]?.message.ja).toContain(`\`${name}\``);
  }
  expect(inputs).toMatchObject({ owner: 'platform', alertEmail: 'alerts@example.com', domain: 'example.com' });
});

test('INP-1: one without a value is missing too', () => {
  const { ledger, inputs } = withLine(12, '  owner:');
  expect(complaints(ledger)).toEqual(['11 missing-input']);
  expect(inputs?.owner).toBe('platform');
});

test('it reads the same in full width', () => {
  const { head, inputs, ledger } = withInputs('max_tasks：１２');
  expect(complaints(ledger)).toEqual([]);
  expect([head?.id, inputs?.maxTasks]).toEqual(['WEB-007', 12]);
});
