// What the machine refuses is no fault of ours, and is told in a sentence: a full disk, a place that may not be written to.
import { codeOf } from '../../local/machine/private-files.ts';

const codes = [
  ...['EACCES', 'EDQUOT', 'EFBIG', 'EIO', 'EISDIR', 'ELOOP', 'EMFILE', 'ENAMETOOLONG', 'ENFILE', 'ENOSPC', 'ENOTDIR'],
  ...['EPERM', 'EROFS', 'ESTALE', 'ETXTBSY'],
];

/** Whether an error is the file system's refusal. */
export const isMachineFault = (error: unknown): error is Error => codes.includes(codeOf(error) ?? '');
