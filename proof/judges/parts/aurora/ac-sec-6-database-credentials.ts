// AC-SEC-6: the password of every database is in Secrets Manager and nowhere else: made there, read from there by the database itself,
// and handed to tasks as a secret and to functions as a name.
import { type Assembly, at, isSettled, literal, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isTrue, type Placed } from '../../../../assembly/properties.ts';
import { databasesIn } from '../../../../assembly/questions/compute.ts';
import { containersOf, type Telling, tellings, unknownTellings } from '../../../../assembly/questions/containers.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../../assembly/relations.ts';
import type { Truth } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/security.ts';

export const databaseCredentials: CriterionJudge = {
  id: 'AC-SEC-6',
  of: ['aurora'],
  about: ['secret'],
  ofFunctions: true,
  judge: judgeCredentials,
};

function judgeCredentials({ everywhere: graph }: CriterionCase): Finding {
  const databases = [...databasesIn(graph), ...ofType(graph, 'AWS::DocDB::DBCluster', 'AWS::Redshift::Cluster')];
  if (databases.length === 0) return noneOf(graph, shared.noRdsDatabase, databaseCredentials);
  return [
    ...databases.flatMap((database) => masterEvidence(graph, database)),
    ...tellings(graph).flatMap((told) => tellingEvidence(graph, told)),
    ...otherTexts(graph).map(({ resource, path }) =>
      on(resource)
        .property(...path)
        .holds(false, {
          expected: said.secretByName,
          observed: said.credentialInPlain({ variable: String(path.at(-1)) }),
        }),
    ),
    ...unknownTellings(graph).map(({ resource, path }) =>
      on(resource)
        .property(...path)
        .holds(undefined, { expected: said.secretByName, observed: said.unknownVariables }),
    ),
  ];
}

/** Commands of containers, parameters and scripts of instances with a password in them. */
function otherTexts(graph: Assembly): readonly Placed[] {
  const commands = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((resource) =>
    containersOf(resource).flatMap(({ path, container }) =>
      ['Command', 'EntryPoint'].flatMap((name) =>
        listOf(at(container, name)).map((value, index) => ({ resource, path: [...path, name, index], value })),
      ),
    ),
  );
  const parameters = ofType(graph, 'AWS::SSM::Parameter').map((resource) => ({
    resource,
    path: ['Value'],
    value: resource.properties.Value ?? '',
  }));
  const scripts = [
    ...ofType(graph, 'AWS::EC2::Instance').map((resource) => ({ resource, path: ['UserData'] })),
    ...ofType(graph, 'AWS::EC2::LaunchTemplate').map((resource) => ({
      resource,
      path: ['LaunchTemplateData', 'UserData'],
    })),
  ].map(({ resource, path }) => {
    const written = literal(at(resource.properties, ...path));
    return { resource, path, value: Buffer.from(String(written ?? ''), 'base64').toString('utf8') };
  });
  return [...commands, ...parameters, ...scripts].filter(({ value }) => isInText(textOf(value)));
}

/** What makes a database a copy of another, whose credentials it then has. */
const copies = [
  'ReplicationSourceIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDBClusterIdentifier',
  'GlobalClusterIdentifier',
];

/** What a database is restored from, with the credentials that it had there. */
const origins = [
  'SnapshotIdentifier',
  'DBSnapshotIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDBClusterResourceId',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
];

function masterEvidence(graph: Assembly, database: Resource): readonly Observation[] {
  const { MasterUserPassword: password } = database.properties;
  const expected = said.secretOfSecretsManager;
  const managed = database.type === 'AWS::Redshift::Cluster' ? 'ManageMasterPassword' : 'ManageMasterUserPassword';
  const isManaged = isTrue(database.properties[managed]);
  if (isManaged || (isManaged === undefined && password === undefined)) {
    return [on(database).property(managed).holds(isManaged, { expected })];
  }
  const claims = on(database).property('MasterUserPassword');
  if (password === undefined) {
    const source = [...copies, ...origins].find((name) => database.properties[name] !== undefined);
    if (source === undefined) return [claims.holds(false, { expected, observed: said.noPassword })];
    const observed = said.passwordOf({ source: textOf(database.properties[source]) });
    return [claims.holds(copies.includes(source) || undefined, { expected, observed })];
  }
  const text = textOf(password);
  const isFromSecret = text.startsWith('{{resolve:secretsmanager:');
  const isWritten = isSettled(password) || /resolve:ssm/.test(text);
  const holds: Truth = isFromSecret || (isWritten ? false : undefined);
  const observed = isFromSecret || !isSettled(password) ? text : said.passwordInTemplate;
  const secret = ofType(graph, 'AWS::SecretsManager::Secret').find((candidate) => pointsAt(password, candidate));
  return [claims.holds(holds, { expected, observed }), ...(secret === undefined ? [] : [secretEvidence(secret)])];
}

/** A secret whose value stands in the template is none. */
function secretEvidence(secret: Resource): Observation {
  const { SecretString, GenerateSecretString } = secret.properties;
  const expected = said.madeBySecretsManager;
  if (SecretString !== undefined) {
    return on(secret).property('SecretString').holds(false, { expected, observed: said.writtenInTemplate });
  }
  const isMade = GenerateSecretString !== undefined;
  const observed = isMade ? said.madeBySecretsManager : said.nothingMakesIt;
  return on(secret).property('GenerateSecretString').holds(isMade, { expected, observed });
}

/** Names under which people keep passwords: `DB_PASS`, `MYSQL_PWD`, `dbPassword`, `CREDENTIALS`. */
const credentialName = /passw(or)?d|passphrase|credential|(^|_)(pass|pw|pwd|psw)$/i;
/** A user and a password within an address; what stands in the password's place by reference is no password. */
const passwordInAddress = /^[a-z][a-z0-9+.-]*:\/\/[^/:@\s]*:(?!\$\{)[^/@\s]+@|^[^\s:/@]+:(?!\$\{)[^\s@]+@(tcp|unix)\(/i;
/** A password among the settings of an address or a connection: `?password=…`, `;Pwd=…`, `export DB_PASSWORD=…`. */
const passwordAmongSettings = /(?:^|[?&;\s"'_])(?:password|passwd|pwd|pass)\s*=\s*["']?(?!\$|\{\{)[^\s&;"'$]/i;

const isInText = (text: string): boolean => passwordInAddress.test(text) || passwordAmongSettings.test(text);

/** Evidence on what looks like a credential: the value of a secret, or a text under such a name or of such a form. */
function tellingEvidence(graph: Assembly, { resource, path, name, value }: Telling): readonly Observation[] {
  const text = textOf(value);
  const claims = on(resource).property(...path);
  const expected = said.secretByName;
  const isPassword = credentialName.test(name) && literal(value) !== undefined && text !== '';
  if (isPassword || isInText(text) || /\{\{resolve:(secretsmanager|ssm)/.test(text)) {
    return [claims.holds(false, { expected, observed: said.credentialInPlain({ variable: name }) })];
  }
  if (targetOf(graph, value)?.type.startsWith('AWS::SecretsManager::')) {
    return [claims.holds(true, { expected, observed: said.nameOfSecret({ variable: name }) })];
  }
  if (!credentialName.test(name) || isSettled(value)) return [];
  return [claims.holds(undefined, { expected, observed: said.credentialPerhaps({ variable: name }) })];
}
