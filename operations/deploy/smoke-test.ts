// Whether people are served by what was deployed. A test that could not be made has failed.
import type { DeploymentRun } from './deployment-run.ts';
import { faultOf } from './fault.ts';
import type { SmokeReport } from './ports.ts';

export async function smokeTest({ ports, input }: Pick<DeploymentRun, 'ports' | 'input'>): Promise<SmokeReport> {
  const { environment, directory } = input.plan.deployable;
  ports.tell({ at: 'smoke' });
  return ports.smoke({ environment, assembly: directory }).catch((error: unknown) => ({
    passed: false,
    checks: [{ id: 'smoke', verdict: 'fail' as const, observed: faultOf(error).said }],
  }));
}
