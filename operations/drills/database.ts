// The database loses its writer: the reader must take over within the time that the document gives it (AC-REL-4).
import { judge } from '../criterion-result.ts';
import { figuresOf } from '../figures.ts';
import { said } from '../words.ts';
import { type Drill, easyRate, faultOf, mendedAt } from './drill.ts';

/** Seconds until we stop waiting. */
const limit = 300;

export const databaseDrill: Drill = {
  name: 'database',
  needs: ['failDatabaseOver'],
  calmRate: easyRate,
  async run({ target, traffic, tell, momentWhen }) {
    tell('fault');
    const since = performance.now();
    await faultOf(target, 'failDatabaseOver')();
    const made = performance.now();
    tell('waiting');
    // An order that was begun after the writer was gone and is accepted can only lie in the new one.
    const written = () => traffic.outcomes.find(({ kind, ok, due }) => kind === 'write' && ok && due >= made)?.ended;
    await momentWhen(limit, () => written() !== undefined);
    return { since, ...mendedAt(written()) };
  },
  judge: ({ design }, _, { recoveryMs, lost }) => [
    judge(
      'AC-REL-4',
      figuresOf(design, 'AC-REL-4')?.milliseconds,
      recoveryMs === null ? said.noOrderAccepted({ seconds: limit }) : said.servedAgain({ ms: recoveryMs, lost }),
      (ms) => said.servedWithin({ ms }),
      (most) => recoveryMs !== null && recoveryMs <= most && lost === 0,
    ),
  ],
};
