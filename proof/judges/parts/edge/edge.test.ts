// Names in Route 53 and certificates by ARN are in documents that the mutants' own does not resemble: here they are, and spoilt.
import { describe, expect, test } from 'vitest';
import type { Resource } from '../../../../assembly/graph.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { exampleDesign } from '../../../../design/fixtures/example-design.ts';
import type { Design, Inputs } from '../../../../design/schema.ts';
import { judgeStatements } from '../../judge-statements.ts';
import { formLines } from '../../testing/form-lines.ts';
import { only, Platform } from '../../testing/mutants/mutant.ts';
import { sampleSources } from '../../testing/sample-templates.ts';

const given = (inputs: Partial<Inputs>): Design => ({
  ...exampleDesign,
  inputs: { ...exampleDesign.inputs, ...inputs },
});

/** The verdict on a line of a design, on templates made for it and then spoilt. */
function verdict(design: Design, path: string, spoil: (platform: Platform) => void = () => undefined) {
  const platform = new Platform(design, 'production', sampleSources(design, 'production'));
  spoil(platform);
  const judged = judgeStatements({
    graph: platform.spoilt(),
    design,
    lines: formLines(design),
    environments: ['production'],
  });
  return judged.find((one) => one.path === path)?.verdict;
}

const recordOf = ({ graph }: Platform, name: RegExp): Resource =>
  only(ofType(graph, 'AWS::Route53::RecordSet').filter(({ properties }) => name.test(String(properties.Name))));

describe('the hosted zone of the document', () => {
  const design = given({ hostedZoneId: 'Z1' });
  const judged = (spoil?: (platform: Platform) => void) => verdict(design, 'inputs.hostedZoneId', spoil);

  test('holds the way to CloudFront, and from there to the load balancer', () => {
    expect(judged()).toBe('pass');
  });

  test.each([/^www/, /^api/])('lacks a record: %s', (name) => {
    expect(judged((platform) => platform.remove(recordOf(platform, name)))).toBe('fail');
  });

  test.each([/^www/, /^api/])('leads %s elsewhere', (name) => {
    const elsewhere = (platform: Platform) =>
      platform.set(recordOf(platform, name), ['AliasTarget', 'DNSName'], 'elsewhere.example.net');
    expect(judged(elsewhere)).toBe('fail');
  });

  test('leads people past CloudFront', () => {
    const past = (platform: Platform) => {
      const balancer = platform.get(recordOf(platform, /^api/), ['AliasTarget', 'DNSName']);
      platform.set(recordOf(platform, /^www/), ['AliasTarget', 'DNSName'], balancer);
    };
    expect(judged(past)).toBe('fail');
  });

  test('is another one', () => {
    expect(judged((platform) => platform.set(recordOf(platform, /^www/), ['HostedZoneId'], 'Z2'))).toBe('fail');
  });
});

describe("CloudFront's certificate by its ARN", () => {
  const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/own';
  const design = given({ certificates: { edge: arn } });
  const path = 'inputs.certificates.edge';
  const site = ({ graph }: Platform) => only(ofType(graph, 'AWS::CloudFront::Distribution'));
  const shown = ['DistributionConfig', 'ViewerCertificate', 'AcmCertificateArn'];

  test('is the one that is shown', () => {
    expect(verdict(design, path)).toBe('pass');
    expect(verdict(design, path, (platform) => platform.set(site(platform), shown, `${arn}er`))).toBe('fail');
  });

  test('is shown by nobody where there is no distribution', () => {
    expect(verdict(design, path, (platform) => platform.remove(site(platform)))).toBe('fail');
  });
});

test('a certificate for every name of a domain is for the one by which CloudFront asks', () => {
  const wild = (platform: Platform) => {
    const [certificate] = ofType(platform.graph, 'AWS::CertificateManager::Certificate').filter(
      ({ stack }) => stack === 'ProductionComputeStack',
    );
    platform.set(only([certificate]), ['DomainName'], '*.example.com');
  };
  expect(verdict(exampleDesign, 'inputs.domain', wild)).toBe('pass');
});
