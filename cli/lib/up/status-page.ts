// Brings together what no two rooms may: the platform on this machine, the drills of operations, and the status page.
import { randomBytes } from 'node:crypto';
import type { Language } from '../../../design/problem.ts';
import type { Design } from '../../../design/schema.ts';
import type { Platform } from '../../../local/platform.ts';
import { readAlarms } from '../../../local/status/alarms.ts';
import { startStatus } from '../../../local/status/server.ts';
import { drillRunner, type ObservedDrillReport } from '../../../operations/drill-runner.ts';
import { serveTarget } from '../../../operations/remote-target.ts';
import { localRunLock } from '../../../operations/run-lock.ts';
import { observedOf, writeRuntimeResult } from '../../../operations/runtime-result.ts';
import type { Target } from '../../../operations/target.ts';

export interface StatusPageInput {
  readonly platform: Platform;
  readonly design: Design;
  /** Where results of drills go, below `runtime/`. */
  readonly out: string;
  readonly language: Language;
  /** How many times faster than on AWS time passes here. */
  readonly speed: number;
  /** 0 or absent: a free one. */
  readonly port?: number;
}

export interface StatusPage {
  /** With the key that lets a person start drills. */
  readonly url: string;
  /** Where other commands ask, and what they show. */
  readonly control: { readonly url: string; readonly token: string };
  stop(): Promise<void>;
}

export async function startStatusPage(input: StatusPageInput): Promise<StatusPage> {
  const { platform, design, out, language, speed, port } = input;
  const turn = localRunLock();
  const target: Target = { ...platform, design, turn };
  const [token, key] = [newSecret(), newSecret()];
  const keep = (report: ObservedDrillReport) =>
    void writeRuntimeResult(out, { ...observedOf(target), kind: `drill-${report.result.drill}`, ...report });
  const drills = drillRunner(target, keep, { turn });
  const status = await startStatus({
    source: {
      feature: design.feature,
      environment: platform.environment,
      addresses: Object.entries(platform.addresses).map(([name, address]) => ({ name, address })),
      ...platform.source,
    },
    alarms: readAlarms(platform.graph, platform.environment, design),
    drills,
    control: { token, answer: serveTarget(target) },
    key,
    language,
    speed,
    port,
  });
  return { url: `${status.url}#${key}`, control: { url: status.controlUrl, token }, stop: status.stop };
}

const newSecret = (): string => randomBytes(24).toString('base64url');
