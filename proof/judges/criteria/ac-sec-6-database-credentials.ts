// AC-SEC-6: the password of every database is in Secrets Manager and nowhere else: made there, read from there by the database itself,
// and handed to tasks as a secret and to functions as a name.
import { type Assembly, isSettled, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { isTrue } from './resources.ts';
import { type Telling, tellings } from './tellings.ts';

export const databaseCredentials: CriterionJudge = {
  id: 'AC-SEC-6',
  about: ['secret'],
  judge: judgeCredentials,
};

function judgeCredentials({ everywhere: graph }: CriterionCase): Finding {
  const databases = ofType(graph, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').filter(
    ({ type, properties }) => type === 'AWS::RDS::DBCluster' || properties.DBClusterIdentifier === undefined,
  );
  if (databases.length === 0) return { notApplicable: 'there is no RDS database' };
  return [
    ...databases.flatMap((database) => masterEvidence(graph, database)),
    ...tellings(graph).flatMap((told) => tellingEvidence(graph, told)),
  ];
}

/** What makes a database a copy of another, whose credentials it then has. */
const copies = [
  'ReplicationSourceIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDBClusterIdentifier',
  'GlobalClusterIdentifier',
];

function masterEvidence(graph: Assembly, database: Resource): readonly Evidence[] {
  const { MasterUserPassword: password, ManageMasterUserPassword: managed } = database.properties;
  const expected = 'a secret of Secrets Manager';
  if (isTrue(managed)) return [seen(graph, database, ['ManageMasterUserPassword'], managed, expected, true)];
  if (password === undefined) {
    const copied = copies.find((name) => database.properties[name] !== undefined);
    const observed = copied === undefined ? 'no password said' : `that of ${textOf(database.properties[copied])}`;
    const restored = copied !== undefined || database.properties.SnapshotIdentifier !== undefined;
    return [
      seen(
        graph,
        database,
        ['MasterUserPassword'],
        observed,
        expected,
        copied !== undefined ? true : restored ? undefined : false,
      ),
    ];
  }
  const text = textOf(password);
  const fromSecret = text.startsWith('{{resolve:secretsmanager:');
  const shown = fromSecret || !isSettled(password) ? text : 'a password in the template';
  const holds = fromSecret ? true : isSettled(password) || /resolve:ssm/.test(text) ? false : undefined;
  const secret = ofType(graph, 'AWS::SecretsManager::Secret').find((candidate) => pointsAt(password, candidate));
  return [
    seen(graph, database, ['MasterUserPassword'], shown, expected, holds),
    ...(secret === undefined ? [] : [secretEvidence(graph, secret)]),
  ];
}

/** A secret whose value stands in the template is none. */
function secretEvidence(graph: Assembly, secret: Resource): Evidence {
  const written = secret.properties.SecretString;
  const holds = written === undefined ? secret.properties.GenerateSecretString !== undefined : false;
  const observed =
    written !== undefined ? 'written in the template' : holds ? 'made by Secrets Manager' : 'nothing that makes it';
  return seen(
    graph,
    secret,
    [written === undefined ? 'GenerateSecretString' : 'SecretString'],
    observed,
    'made by Secrets Manager',
    holds,
  );
}

/** Evidence on what looks like a credential: the value of a secret, or a literal under such a name. */
function tellingEvidence(graph: Assembly, { resource, path, name, value }: Telling): readonly Evidence[] {
  const text = textOf(value);
  const resolved = /\{\{resolve:(secretsmanager|ssm)/.test(text);
  const literalPassword = /passw(or)?d|credential/i.test(name) && literal(value) !== undefined && text !== '';
  const isName = targetOf(graph, value)?.type.startsWith('AWS::SecretsManager::') ?? false;
  if (!resolved && !literalPassword && !isName) return [];
  const observed = isName && !resolved ? `${name}: the name of a secret` : `${name}: a credential in plain`;
  return [seen(graph, resource, path, observed, 'a secret by its name, never its value', isName && !resolved)];
}
