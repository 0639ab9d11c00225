// Reads the name of a region: `ap-northeast-1`, `ap-northeast-1 (Tokyo)` or `ap-northeast-1 (東京リージョン)`.
import { isRegion, regions } from '../../aws/regions.ts';
import { regionPlaces } from '../catalogue/region-places.ts';
import type { LineLedger } from '../lines.ts';
import { offered } from './nearest.ts';

/**
 * The region's code. A code that AWS does not have is refused, and so is a place that is not the region's: one of the two is wrong,
 * and nobody can say which. Undefined, with the line left unclaimed, when the words are no region.
 */
export function readRegion(words: string, line: number, ledger: LineLedger): string | undefined {
  const match = /^(?<code>[a-z]{2}(?:-[a-z]+)+-\d)\s*(?:\((?<place>[^()]+)\))?$/.exec(words)?.groups;
  const code = match?.code;
  if (code === undefined) return undefined;
  const place = (match?.place ?? '').replace(/リージョン$/, '').trim();
  const known = regions[code];
  if (!isRegion(code)) {
    ledger.refuse(line, 'unknown-name', { found: code, nearest: offered(code, Object.keys(regions)) });
  } else if (place !== '' && place !== known && !regionPlaces[code]?.includes(place)) {
    ledger.refuse(line, 'unknown-name', { found: words, nearest: [`${code} (${known})`] });
  }
  return code;
}
