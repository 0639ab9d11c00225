// The example with a region that takes over, as tests of the standby build it.
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import type { Design } from '../../../design/schema.ts';

export const recoveringDesign: Design = {
  ...exampleDesign,
  recovery: {
    strategy: 'Pilot Light',
    rpoSeconds: 3600,
    rtoSeconds: 14_400,
    region: 'us-west-2',
    primary: [],
    standby: [],
    steps: [],
  },
};
