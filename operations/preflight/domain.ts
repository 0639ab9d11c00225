// Whether the names that the templates answer at are in a hosted zone of this account that the world asks, and whether certificates can
// prove themselves without a person: one that cannot holds its stack up until somebody has entered its record.

import { GetHostedZoneCommand, type HostedZone, paginateListHostedZones } from '@aws-sdk/client-route-53';
import { at } from '../../assembly/graph.ts';
import { listAt, textAt } from '../../assembly/properties.ts';
import { around } from '../../design/messages/words.ts';
import { namedReasonsOf } from '../../design/refusal.ts';
import { isNamed } from '../aws/clients.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

export async function checkDomain(context: Context): Promise<readonly PreflightFinding[]> {
  const { environmentGraph } = context;
  const certificates = environmentGraph.all('AWS::CertificateManager::Certificate');
  const names = [
    ...environmentGraph
      .all('AWS::CloudFront::Distribution')
      .flatMap((each) => listAt(each, ['DistributionConfig', 'Aliases']).map(String)),
    ...certificates.flatMap((each) => textAt(each, ['DomainName']) ?? []),
  ];
  if (names.length === 0) return [finding('noDomain', 'ok', {})];
  const deployed = await context.deployed;
  const byHand = certificates
    .filter((each) => textAt(each, ['ValidationMethod']) === 'DNS')
    .filter((each) => deployed.physical(each) === undefined)
    .filter(
      (each) => !listAt(each, ['DomainValidationOptions']).some((option) => at(option, 'HostedZoneId') !== undefined),
    )
    .flatMap((each) => textAt(each, ['DomainName']) ?? []);
  return [
    ...(await lookForZone(context, shortest(names))),
    ...(byHand.length === 0 ? [] : [finding('recordsByHand', 'warn', { names: byHand.join(', ') })]),
  ];
}

/** The name that the others are below. */
const shortest = (names: readonly string[]): string => names.toSorted((a, b) => a.length - b.length)[0] ?? '';

async function lookForZone(context: Context, domain: string): Promise<readonly PreflightFinding[]> {
  const client = context.clients.dns(context.environmentGraph.home);
  const zone = await findZone(context, domain);
  if (zone?.Id === undefined) {
    // A zone that the document names must be there; without one, somebody else may keep the records.
    const id = context.design.inputs.hostedZoneId;
    return [id === undefined ? finding('noZone', 'warn', { domain }) : finding('noNamedZone', 'fail', { domain, id })];
  }
  const { DelegationSet } = await client.send(new GetHostedZoneCommand({ Id: zone.Id }));
  const name = plain(zone.Name ?? '');
  const ours = (DelegationSet?.NameServers ?? []).map(plain).sort();
  const found = finding('zoneFound', 'ok', { domain, zone: name, id: zone.Id.replace('/hostedzone/', '') });
  try {
    const asked = (await context.machine.nameServers(name)).map(plain).sort();
    return asked.some((server) => ours.includes(server))
      ? [found]
      : [finding('notDelegated', 'fail', { zone: name, expected: ours.join(' '), found: asked.join(' ') })];
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA'))
      return [finding('notDelegated', 'fail', { zone: name, expected: ours.join(' '), found: '' })];
    return [
      found,
      finding('unread', 'unknown', { why: around(namedReasonsOf(error), (text) => `NS ${name}: ${text}`) }),
    ];
  }
}

/** The zone that the document names, or the public zone that is nearest above the domain. */
async function findZone(
  { clients, environmentGraph, design }: Context,
  domain: string,
): Promise<HostedZone | undefined> {
  const client = clients.dns(environmentGraph.home);
  const isAbove = ({ Name = '' }: HostedZone) => domain === plain(Name) || domain.endsWith(`.${plain(Name)}`);
  const { hostedZoneId } = design.inputs;
  if (hostedZoneId !== undefined) {
    try {
      const { HostedZone: zone } = await client.send(new GetHostedZoneCommand({ Id: hostedZoneId }));
      return zone !== undefined && isAbove(zone) ? zone : undefined;
    } catch (error) {
      if (isNamed(error, 'NoSuchHostedZone')) return undefined;
      throw error;
    }
  }
  const above: HostedZone[] = [];
  for await (const { HostedZones = [] } of paginateListHostedZones({ client }, {}))
    above.push(...HostedZones.filter((zone) => zone.Config?.PrivateZone !== true && isAbove(zone)));
  return above.toSorted((a, b) => (b.Name ?? '').length - (a.Name ?? '').length)[0];
}

const plain = (name: string): string => name.replace(/\.$/, '').toLowerCase();
