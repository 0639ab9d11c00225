// What the document says of the platform's name must hold together: a name, what vouches for it, and where it is entered (INP-1).
import { siteName } from '../environments.ts';
import type { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';

/** Characters that a certificate's name may have. https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const longestName = 64;

export function checkSite(design: Design, ledger: LineLedger): void {
  const { inputs, region } = design;
  const { domain, hostedZoneId, certificates = {} } = inputs;
  if (domain === 'none') {
    const useless = { certificates: certificates.edge ?? certificates.origin, hostedZoneId };
    for (const [field, found] of Object.entries(useless)) {
      if (found === undefined) continue;
      ledger.refuse(ledger.lineOf(`inputs.${field}`), 'site-nameless', { found });
    }
    return;
  }
  // Every name is the domain after something; the load balancer's is the longest.
  const added = design.environments.map(({ key }) => `origin.${siteName(design, key)}`.length - domain.length);
  const longest = longestName - Math.max(...added);
  if (domain.length > longest) {
    ledger.refuse(ledger.lineOf('inputs.domain'), 'domain-long', { domain, longest });
  }
  const [, , , origin = region] = certificates.origin?.split(':') ?? [];
  if (origin !== region) {
    ledger.refuse(ledger.lineOf('inputs.certificates.origin'), 'certificate-elsewhere', { found: origin, region });
  }
}
