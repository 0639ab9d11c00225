// What failed as SARIF 2.1.0: each piece of evidence is a result, at the document's line, with the template's property as what it is
// related to. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import { createHash } from 'node:crypto';
import { inLanguage } from '../../../design/messages/words.ts';
import type { Language } from '../../../design/problem.ts';
import { show } from '../../../design/show.ts';
import type { Evidence } from '../../../proof/judges/judge.ts';
import type { CriterionVerdict } from '../../../proof/judges/judge-criteria.ts';
import { toJson } from '../output.ts';
import { inBoth, said } from './words.ts';

export interface SarifInput {
  readonly criteria: readonly CriterionVerdict[];
  readonly version: string;
  /** As in a repository; absent when there is no document. */
  readonly document?: string;
  /** Directory of the assembly, as in a repository. */
  readonly assembly: string;
  readonly lang: Language;
}

const toolName = 'hashira';

/** By the beginning of a file, whether it is a log that `sarif` made. */
export const isSarifOfOurs = (beginning: string): boolean =>
  new RegExp(String.raw`"driver":\s*\{\s*"name":\s*"${toolName}"`).test(beginning);

export function sarif({ criteria, version, document, assembly, lang }: SarifInput): string {
  const rules = [...new Map(criteria.map((one) => [one.id, one])).values()];
  const results = criteria
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap((criterion) =>
      criterion.evidence
        .filter(({ verdict }) => verdict === 'fail')
        .map((evidence) =>
          resultOf(
            criterion,
            evidence,
            rules.findIndex(({ id }) => id === criterion.id),
            { document, assembly, lang },
          ),
        ),
    );
  const failed = criteria.filter(({ judgeFailed }) => judgeFailed);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: toolName,
            semanticVersion: version,
            rules: rules.map(({ id, text }) => ({
              id,
              shortDescription: { text: plain(text) },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: failed.length === 0,
            toolExecutionNotifications: failed.map(({ id, environment, reason = '' }) => ({
              level: 'error',
              associatedRule: { id },
              message: { text: plain(`${id} (${environment}): ${inLanguage(reason, lang)}`) },
            })),
          },
        ],
        results,
      },
    ],
  };
  return toJson(log);
}

function resultOf(
  { id, line, environment, reason }: CriterionVerdict,
  { resource, template, property, observed, expected }: Evidence,
  ruleIndex: number,
  { document, assembly, lang }: Pick<SarifInput, 'assembly' | 'lang'> & { readonly document: string | undefined },
) {
  const inTemplate = {
    physicalLocation: { artifactLocation: { uri: uriOf(template === '' ? assembly : `${assembly}/${template}`) } },
    logicalLocations: [{ fullyQualifiedName: property === '' ? environment : property, decoratedName: resource }],
  };
  const inDocument =
    document === undefined || line === 0
      ? undefined
      : { physicalLocation: { artifactLocation: { uri: uriOf(document) }, region: { startLine: line } } };
  const place = resource === '' ? environment : `${environment}, ${resource}`;
  const seen = said.seen({ place: `${id} (${place})`, observed: inBoth(observed), expected: inBoth(expected) })[lang];
  const text = `${seen}${reason === undefined ? '' : `; ${inLanguage(reason, lang)}`}`;
  return {
    ruleId: id,
    ruleIndex,
    level: 'error',
    message: { text: plain(text) },
    locations: [inDocument ?? inTemplate],
    ...(inDocument === undefined ? {} : { relatedLocations: [{ id: 1, ...inTemplate }] }),
    partialFingerprints: {
      evidence: createHash('sha256').update([id, environment, resource, property].join('\n')).digest('hex'),
    },
  };
}

/** Brackets in a message would be a link. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, 3.11.6 */
const plain = (text: string) => show(text).replace(/[\\[\]]/g, '\\$&');

const uriOf = (path: string) => path.split(/[\\/]/).map(encodeURIComponent).join('/');
