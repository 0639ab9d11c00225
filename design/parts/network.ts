// The words of subnets, endpoints and security groups.
import { partOf, putAll, rangeAt, textAt, type ValueRow } from './place.ts';
import { type Choices, none, off, on, type Term, termsOf, type Vocabulary } from './term.ts';

type Route = 'internet-gateway' | 'nat-gateway' | 'none';

/** Where a subnet's traffic to the internet goes: a row's label, and what may be said there. */
export const routes = [
  [
    { ja: 'インターネットゲートウェイ', en: 'Internet gateway' },
    [
      ['internet-gateway', on],
      ['none', off],
      ['none', none],
    ],
  ],
  [
    { ja: 'NAT Gateway', en: 'NAT Gateway' },
    [
      [
        'nat-gateway',
        { ja: '使用', en: 'used', also: ['使用する', '使用(Public Subnet経由)', '使用する(Public Subnet経由)'] },
      ],
      ['none', { ja: '使用しない', en: 'not used', also: ['不使用'] }],
      ['none', none],
    ],
  ],
  [{ ja: 'インターネットアクセス', en: 'Internet access' }, [['none', none]]],
] as const satisfies readonly (readonly [label: Term, values: Choices<Route>])[];

export const networkWords = {
  terms: [{ ja: '用途', en: 'Use' }, ...termsOf(routes.map(([term]) => ['', term] as const))],
  phrases: [
    { ja: /使用(?:（Public Subnet経由）)?/, en: 'used' },
    { ja: /（オプション）/, en: '(optional)' },
    { ja: /省略可/, en: 'may be left out' },
  ],
} as const satisfies Vocabulary;

/** `Protocol: TCP, Port: 443, Source: 0.0.0.0/0, Description: "…"`; a peer that is a group stays as the line names it. */
const writeRule: ValueRow['write'] = (line, value) => {
  const part = (name: string) => {
    const found = partOf(value, name);
    return typeof found === 'string' ? found : undefined;
  };
  const cidr = part('cidr');
  return putAll(line, [
    [/Protocol\s*[:：]\s*(\w+)/i, part('protocol')?.toUpperCase()],
    [/Port\s*[:：]\s*(\d+(?:\s*[-–~〜]\s*\d+)?)/i, part('ports')],
    [/Description\s*[:：]\s*["“]([^"”]*)["”]/i, part('description')],
    ...(cidr === undefined ? [] : [[/(?:Source|Destination)\s*[:：]\s*([^,、"]*[^,、"\s])/i, cidr] as const]),
  ]);
};

export const networkValues: readonly ValueRow[] = [
  rangeAt('network.cidr'),
  rangeAt('network.subnets.*.cidr'),
  textAt('network.subnets.*.zone', /AZ-([a-z])\b/),
  { path: 'securityGroups.*.ingress.*', write: writeRule },
  { path: 'securityGroups.*.egress.*', write: writeRule },
];
