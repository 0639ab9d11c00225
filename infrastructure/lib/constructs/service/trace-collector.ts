// The way of a task's traces to X-Ray: a collector beside the API in the same task (AC-OPS-3).
import { Duration } from 'aws-cdk-lib';
import type { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Capability,
  ContainerImage,
  type FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
} from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Where the collector listens: OTLP's own ports, and its own health. Containers of a task share one localhost. */
const ports = { grpc: 4317, http: 4318, health: 13133 } as const;

/** MiB that the collector may take at most; it throws traces away before that. */
const memoryMiB = 128;
/** Its share of the task's CPU units when both containers want all of them; the API's is the rest. */
export const collectorCpu = 32;

export interface TraceCollectorProps {
  readonly task: FargateTaskDefinition;
  readonly image: DockerImageAsset;
  readonly region: string;
  /** The API's log group: the collector's stream has a name of its own in it, and the same retention (LOG-1). */
  readonly logGroup: ILogGroup;
}

/**
 * What the API is told, by standard variables of OpenTelemetry. A request that arrives with a trace follows its caller's decision; of all
 * others the share is traced.
 *
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function tracingEnvironment(serviceName: string, share: number): Readonly<Record<string, string>> {
  return {
    OTEL_SERVICE_NAME: serviceName,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:${ports.http}`,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(share),
  };
}

/**
 * It is not essential: an API without traces is better than none. One that exits is started again in its place, without the task.
 * Like the API's container it cannot write to its file system, is nobody on its machine, and holds no capability of the kernel. It
 * listens on localhost alone, and no port of it is mapped.
 *
 * Day 2: its log stream begins with `collector`; `aws xray get-trace-summaries` shows what arrived.
 *
 * @cost none by itself: it lives within the task's size, 32 of its CPU units' shares and at most 128 MiB. Traces: see `FailingTraces`.
 */
export class TraceCollector extends Construct {
  constructor(scope: Construct, id: string, { task, image, region, logGroup }: TraceCollectorProps) {
    super(scope, id);
    const linuxParameters = new LinuxParameters(this, 'Linux', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    task.addContainer('collector', {
      image: ContainerImage.fromDockerImageAsset(image),
      essential: false,
      enableRestartPolicy: true,
      restartAttemptPeriod: Duration.seconds(60),
      cpu: collectorCpu,
      memoryLimitMiB: memoryMiB,
      environment: { AOT_CONFIG_CONTENT: configuration(region) },
      healthCheck: { command: ['CMD', '/healthcheck'], interval: Duration.seconds(30) },
      readonlyRootFilesystem: true,
      user: '4317:4317',
      linuxParameters,
      logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'collector' }),
    });
  }
}

/** The collector reads YAML, and JSON is YAML. https://aws-otel.github.io/docs/setup/ecs/config-through-ssm */
function configuration(region: string): string {
  const local = (port: number) => `127.0.0.1:${port}`;
  return JSON.stringify({
    extensions: { health_check: { endpoint: local(ports.health) } },
    receivers: {
      otlp: { protocols: { grpc: { endpoint: local(ports.grpc) }, http: { endpoint: local(ports.http) } } },
    },
    processors: {
      memory_limiter: { check_interval: '1s', limit_mib: memoryMiB * 0.75, spike_limit_mib: memoryMiB * 0.25 },
      resourcedetection: { detectors: ['ecs'] },
      batch: { timeout: '1s', send_batch_size: 50 },
    },
    exporters: { awsxray: { region } },
    service: {
      extensions: ['health_check'],
      telemetry: { metrics: { level: 'none' } },
      pipelines: {
        traces: {
          receivers: ['otlp'],
          processors: ['memory_limiter', 'resourcedetection', 'batch'],
          exporters: ['awsxray'],
        },
      },
    },
  });
}
