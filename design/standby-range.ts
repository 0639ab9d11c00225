// The address range of the standby region where the document names none (INP-1, `standby_cidr`).
import { type Cidr, contains, dotted, overlaps, readCidr } from './cidr.ts';

const ranges = (...written: readonly string[]): Cidr[] => written.flatMap((range) => readCidr(range) ?? []);

/** The private ranges of RFC 1918. */
const privateRanges = ranges('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');

/**
 * A private range as large as the VPC's that lies apart from it, so that the two networks can be joined one day: the next one, the
 * one before, or the first of a private range. A VPC that is no range (which is refused) has none: the answer is then the form's.
 */
export function rangeBeside(vpcCidr: string): string {
  const vpc = readCidr(vpcCidr);
  if (vpc === undefined) return '10.1.0.0/16';
  const size = vpc.last - vpc.first + 1;
  const starts = [vpc.first + size, vpc.first - size, ...privateRanges.map(({ first }) => first)];
  const candidates = starts.filter((first) => first >= 0).map((first) => `${dotted(first)}/${vpc.prefix}`);
  const fitting = ranges(...candidates).find(
    (range) => privateRanges.some((outer) => contains(outer, range)) && !overlaps(range, vpc),
  );
  return fitting?.canonical ?? '10.1.0.0/16';
}
