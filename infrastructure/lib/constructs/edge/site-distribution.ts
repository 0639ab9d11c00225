// The CloudFront distribution: static files from their bucket and cached, everything else from the load balancer and not (AC-PERF-4).
import { Duration, Validations } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  type IOrigin,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { originHeaderName } from '../../edge.ts';
import { responseHeaders } from './response-headers.ts';

export interface SiteDistributionProps {
  readonly description: string;
  /** What people type, and what vouches for it; absent: CloudFront's own name. */
  readonly site: { readonly name: string; readonly certificate: ICertificate } | undefined;
  readonly assets: IOrigin;
  readonly origin: {
    readonly domainName: string;
    /** Without a certificate of its own the load balancer can only be spoken to in plain. */
    readonly encrypted: boolean;
    /** Value of the secret header. */
    readonly header: string;
  };
  /** ARN of the web ACL. */
  readonly firewall: string;
}

/** What CloudFront serves from the bucket. */
const assetPaths = '/assets/*';

/**
 * TLS 1.2 or newer from people and to the load balancer; who comes by HTTP is sent to HTTPS.
 *
 * Static files are kept for a day unless they say otherwise, by path alone: neither cookie nor query makes a second copy. Nothing of
 * the API is kept: it is one person's, or changes with each order. CloudFront waits as long for the load balancer as that waits for
 * the workload, and shows it the name that its certificate is for, not the one that people typed.
 *
 * Day 2: the first deploy takes some five minutes, since it reaches every edge. `x-cache` in an answer tells whether it was kept.
 *
 * @cost Japan: $0.114 per GB to people, 500 GB $57.00; $0.012 per 10,000 HTTPS requests, 52.56 million (20 a second) $63.07.
 */
export function siteDistribution(scope: Construct, id: string, props: SiteDistributionProps): Distribution {
  const { site, origin } = props;
  const behaviour = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: responseHeaders(scope, `${id}Headers`),
  };
  const distribution = new Distribution(scope, id, {
    comment: props.description,
    ...(site === undefined
      ? {}
      : {
          domainNames: [site.name],
          certificate: site.certificate,
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
    httpVersion: HttpVersion.HTTP2_AND_3,
    // All of Asia, Europe and North America; the rest of the world is served from there.
    priceClass: PriceClass.PRICE_CLASS_200,
    webAclId: props.firewall,
    defaultBehavior: {
      ...behaviour,
      origin: apiOrigin(origin),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    },
    additionalBehaviors: {
      [assetPaths]: {
        ...behaviour,
        origin: props.assets,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        cachePolicy: new CachePolicy(scope, `${id}Cache`, {
          comment: 'Static files, by path alone',
          minTtl: Duration.seconds(1),
          defaultTtl: Duration.days(1),
          maxTtl: Duration.days(365),
          enableAcceptEncodingGzip: true,
          enableAcceptEncodingBrotli: true,
        }),
        compress: true,
      },
    },
  });
  acknowledge(distribution, props);
  return distribution;
}

function apiOrigin({ domainName, encrypted, header }: SiteDistributionProps['origin']): IOrigin {
  return new HttpOrigin(domainName, {
    protocolPolicy: encrypted ? OriginProtocolPolicy.HTTPS_ONLY : OriginProtocolPolicy.HTTP_ONLY,
    originSslProtocols: [OriginSslPolicy.TLS_V1_2],
    customHeaders: { [originHeaderName]: header },
    readTimeout: Duration.seconds(60),
    keepaliveTimeout: Duration.seconds(30),
  });
}

function acknowledge(distribution: Distribution, { site, origin }: SiteDistributionProps): void {
  Validations.of(distribution).acknowledge(
    { id: 'AwsSolutions-CFR1', reason: 'The document names no country that may not order.' },
    {
      id: 'AwsSolutions-CFR3',
      reason: "Access logs are on, by vended delivery, since the distribution's own way needs a bucket with ACLs.",
    },
  );
  if (site === undefined) {
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR4',
      reason: 'The document has no domain, and the certificate of CloudFront for its own names allows TLS 1.0.',
    });
  }
  if (!origin.encrypted) {
    Validations.of(distribution).acknowledge({
      id: 'AwsSolutions-CFR5',
      reason: 'The document has no domain, so nobody vouches for the load balancer.',
    });
  }
}
