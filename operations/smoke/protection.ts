// Whether what must not be lost is protected against deletion (ADR-047): on, not yet, or off.
import type { Target } from '../target.ts';
import { finding, notHere, type SmokeFinding } from './result.ts';

export async function checkProtection({ inspections }: Target): Promise<readonly SmokeFinding[]> {
  if (inspections?.protection === undefined) return [notHere];
  const seen = await inspections.protection();
  const of = (state: (typeof seen)[number]['state']) => seen.filter((each) => each.state === state);
  const [absent, toCome, off] = [of('absent'), of('to-come'), of('off')];
  const names = (some: typeof seen) => some.map(({ name }) => name).join(', ');
  const findings = [
    ...(absent.length === 0 ? [] : [finding('protectedMissing', 'fail', { names: names(absent) })]),
    ...off.map(({ name, region, next = null, command, schedule }) =>
      finding('protectionOff', 'fail', { name, region, next, command, schedule }),
    ),
    ...(toCome.length === 0
      ? []
      : [
          finding('protectionToCome', 'warn', {
            names: names(toCome),
            // The last one: after it all of them are on.
            next:
              toCome
                .map(({ next = '' }) => next)
                .toSorted()
                .at(-1) ?? '',
          }),
        ]),
  ];
  return findings.length === 0 ? [finding('protectionOn', 'ok', { things: seen.length })] : findings;
}
