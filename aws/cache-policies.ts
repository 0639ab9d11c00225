// CloudFront's own cache policies.

/** By id; whether they keep anything. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
export const managedCachePolicies: Readonly<Record<string, { readonly name: string; readonly keeps: boolean }>> = {
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { name: 'CachingOptimized', keeps: true },
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { name: 'CachingOptimizedForUncompressedObjects', keeps: true },
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': { name: 'CachingDisabled', keeps: false },
};

/** Seconds that files are kept where a policy says nothing: by default, and at most. */
export const usualCaching = { DefaultTTL: 86_400, MaxTTL: 31_536_000 };
