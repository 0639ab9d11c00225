// What a permission is limited to, as data: `DB認証情報のみ` are the database's credentials, `特定バケット/プレフィックスのみ` a part of a bucket.
import { z } from 'zod';

export const scopeSchema = z.strictObject({
  /** As it stands in the document. */
  text: z.string(),
  /** Only what lies below a prefix. */
  prefixed: z.boolean(),
  /** What belongs to the database. */
  database: z.boolean(),
});

export const readScope = (text: string): z.infer<typeof scopeSchema> => ({
  text,
  prefixed: /プレフィックス|prefix/i.test(text),
  database: /DB|database|データベース/i.test(text),
});
