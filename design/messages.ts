// Every sentence that the reader of a design document can say, in both languages. Each says what was found, what was expected
// and what to do; the line number is printed beside it.
import { checksMessages } from './messages/checks.ts';
import { documentMessages } from './messages/document.ts';
import { networkMessages } from './messages/network.ts';
import { operationMessages } from './messages/operation.ts';

export const messages = { ...documentMessages, ...networkMessages, ...operationMessages, ...checksMessages } as const;

export type MessageCode = keyof typeof messages;
export type MessageParameters<C extends MessageCode> = Parameters<(typeof messages)[C]['en']>[0];
