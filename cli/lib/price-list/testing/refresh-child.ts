// Looks prices up in a process of its own and says how much memory that took at most: what a test of the parent's memory cannot see.
import { refreshTable } from '../refresh.ts';

const [endpoint = ''] = process.argv.slice(2);
const { confirmed, changes } = await refreshTable(
  {
    region: 'ap-northeast-1',
    currency: 'USD',
    prices: [
      {
        item: 'nat.hour',
        service: 'AmazonEC2',
        usageType: 'APN1-NatGateway-Hours',
        unit: 'hour',
        per: 1,
        tiers: [{ price: 0.062 }],
        source: 'test',
        date: '2026-11-01',
        confidence: 'H',
      },
    ],
  },
  { endpoint, date: '2026-11-25' },
);
// Kilobytes on Linux and macOS alike.
console.log(JSON.stringify({ confirmed, changes, maxRssMb: process.resourceUsage().maxRSS / 1024 }));
