/** Where this project keeps what runs of `hashira prove` have seen, from its root. */
export const evidenceFolder = 'docs/evidence';
