// What the document says of the platform's name must hold together: a name, what vouches for it, and where it is entered (INP-1).
import type { Ledger } from '../lines.ts';
import type { Design } from '../schema.ts';

/** The longest name that the platform makes of a domain. */
const longestPrefix = 'origin.development.';
/** Characters that a certificate's name may have. https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const longestName = 64;

export function checkSite({ inputs, region }: Design, ledger: Ledger): void {
  const { domain, hostedZoneId, certificates = {} } = inputs;
  if (domain === 'none') {
    const useless = { certificates: certificates.edge ?? certificates.origin, hostedZoneId };
    for (const [field, found] of Object.entries(useless)) {
      if (found === undefined) continue;
      ledger.refuse(ledger.lineOf(`inputs.${field}`), 'site-nameless', { found });
    }
    return;
  }
  if (longestPrefix.length + domain.length > longestName) {
    const longest = longestName - longestPrefix.length;
    ledger.refuse(ledger.lineOf('inputs.domain'), 'domain-long', { domain, longest });
  }
  const [, , , origin = region] = certificates.origin?.split(':') ?? [];
  if (origin !== region) {
    ledger.refuse(ledger.lineOf('inputs.certificates.origin'), 'certificate-elsewhere', { found: origin, region });
  }
}
