// What the schema validator says of a template, and what is handed to it and back.
import * as z from 'zod';

/** A template as it is asked about. */
export interface TemplateToValidate {
  readonly file: string;
  /** Path of the stack's construct. */
  readonly stack: string;
  /** Absent where a stack belongs to no account or region in particular. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

export const violationShape = z.object({
  rule: z.string(),
  description: z.string(),
  /** Logical id of the resource; absent for what belongs to the whole template. */
  resource: z.string().optional(),
});

/** What one rule found in one place of a template, before anybody's acknowledgement. */
export type Violation = z.infer<typeof violationShape>;

/** What the thread is asked: first, perhaps, to get ready for these types, then for these templates. */
export type ValidationRequest =
  | { readonly types: readonly string[]; readonly scratch: string }
  | { readonly templates: readonly TemplateToValidate[] };

/** By the template's file. */
export type Violations = Readonly<Record<string, readonly Violation[]>>;
