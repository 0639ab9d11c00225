// Hands each section of a document to the grammar that reads it.
import { type AssumedSection, assumedFor, assumedSections } from './assumptions.ts';
import { withBlocks } from './block.ts';
import type { FoundSections } from './find-sections.ts';
import { readAlarms } from './grammar/alarms.ts';
import { readBackup } from './grammar/backup.ts';
import { readChecklist } from './grammar/checklist.ts';
import { readMonthlyCost } from './grammar/cost.ts';
import { readCriteria } from './grammar/criteria.ts';
import { readDashboards } from './grammar/dashboards.ts';
import { readDecisions } from './grammar/decisions.ts';
import { readSteps } from './grammar/deployment.ts';
import { readArchitecture, readDataFlow } from './grammar/diagrams.ts';
import { readEndpoints } from './grammar/endpoints.ts';
import { readEnvironmentCost } from './grammar/environment-cost.ts';
import type { FrontMatterReading } from './grammar/front-matter.ts';
import { readLogRetention } from './grammar/log-retention.ts';
import { readOverview } from './grammar/overview.ts';
import { readRecovery } from './grammar/recovery.ts';
import { readReferences, readRelated } from './grammar/references.ts';
import { readLeastPrivilege, readRoles } from './grammar/roles.ts';
import { readSecurityGroups } from './grammar/security-groups.ts';
import { readStacks } from './grammar/stacks.ts';
import { readSubnets } from './grammar/subnets.ts';
import { readTests } from './grammar/tests.ts';
import { readTitle } from './grammar/title.ts';
import type { LineLedger } from './lines.ts';
import type { SectionName } from './section-titles.ts';
import type { Section } from './sections.ts';
import { blockSections } from './table-shapes.ts';

export type ReadParts = ReturnType<typeof readParts>;

/** What each section says; undefined where there is no such section or it was refused. */
export function readParts(
  { title, named, below, criteria, tests }: FoundSections,
  { head }: FrontMatterReading,
  ledger: LineLedger,
) {
  const read = <T>(name: SectionName, grammar: (section: Section, ledger: LineLedger) => T): T | undefined => {
    const section = named[name];
    if (section === undefined) return undefined;
    return grammar(blockSections.has(name) ? withBlocks(section, below(section), name, ledger) : section, ledger);
  };
  /** A section that needs no decision: what stands for it where it is not there. */
  const assume = (name: AssumedSection): void => {
    if (named[name] === undefined) ledger.assume(assumedFor(name));
  };
  for (const name of Object.keys(assumedSections) as AssumedSection[]) assume(name);
  const orNone = <N extends AssumedSection, T>(name: N, part: T | undefined) =>
    named[name] === undefined ? ([] as never[]) : part;
  const parts = {
    title: readTitle(title, head?.feature, ledger),
    overview: read('overview', readOverview),
    decisions: read('decisions', readDecisions),
    architecture: read('architecture', readArchitecture),
    stacks: read('stacks', readStacks),
    dataFlow: named.dataFlow === undefined ? assumedSections.dataFlow.value : read('dataFlow', readDataFlow),
    subnets: read('subnets', readSubnets),
    securityGroups: read('securityGroups', readSecurityGroups),
    endpoints: read('endpoints', readEndpoints),
    roles: read('roles', readRoles),
    alarms: read('alarms', readAlarms),
    logs: read('logs', readLogRetention),
    dashboards: orNone('dashboards', read('dashboards', readDashboards)),
    backup: read('backup', readBackup),
    recovery: read('recovery', readRecovery),
    monthlyCost: read('monthlyCost', readMonthlyCost),
    environmentCost: read('environmentCost', readEnvironmentCost),
    criteria: read('criteria', () => readCriteria(criteria, ledger)),
    tests: orNone(
      'tests',
      read('tests', () => readTests(tests, ledger)),
    ),
    deploy: read('deploy', (section) => readSteps(section, ledger, 'deployment.steps')),
    rollback: read('rollback', (section) => readSteps(section, ledger, 'deployment.rollback')),
    checklist: orNone('checklist', read('checklist', readChecklist)),
    references: orNone('references', read('references', readReferences)),
    related: orNone('related', read('related', readRelated)),
  };
  read('leastPrivilege', readLeastPrivilege);
  return parts;
}
