export * from '../../assembly/relations.ts';
