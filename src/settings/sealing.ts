import { z } from 'zod';
import type { Problem } from './problems';
import { schema } from './schema';
import type { Secrets } from './secrets';

const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f\uE000-\uE003]/;

/** Paths of all settings that are secrets, e.g. `smtp.password`. */
export const SECRET_PATHS: ReadonlySet<string> = new Set(secretPaths(schema, ''));

/**
 * `raw` with JSON texts read, as Pulumi hands over lists and objects, and with a token in place of every secret:
 * nothing after this sees the value of one, so no message can show it.
 */
export function extractSecrets(raw: Readonly<Record<string, unknown>>, secrets: Secrets): { value: Record<string, unknown>; problems: Problem[] } {
  const problems: Problem[] = [];
  const visit = (value: unknown, path: string): unknown => {
    const sealed = typeof value === 'object' && value !== null && !Array.isArray(value) && 'secure' in value;
    if (SECRET_PATHS.has(path)) {
      if (sealed) return secrets.seal(path);
      if (typeof value === 'number') return secrets.keep(path, String(value));
      if (typeof value !== 'string' || value === '') return value;
      if (FORBIDDEN.test(value)) problems.push({ key: path, message: 'has control characters', remedy: 'Choose a secret without them' });
      return secrets.keep(path, value);
    }
    if (sealed) {
      problems.push({ key: path, message: 'is encrypted, but it is no secret', remedy: `Set it in plain text: pulumi config set --path kaapana:${path} <value>` });
      return undefined;
    }
    if (typeof value === 'string' && FORBIDDEN.test(value)) {
      problems.push({ key: path, message: `${JSON.stringify(value)} has control characters`, remedy: 'Write it without them' });
      return undefined;
    }
    if (Array.isArray(value)) return value.map((item, index) => visit(item, `${path}[${index}]`));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, path === '' ? key : `${path}.${key}`)]));
    }
    return value;
  };
  const opened = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, openedJson(key, value)]));
  return { value: visit(opened, '') as Record<string, unknown>, problems };
}

/** Lists and objects come as JSON texts from Pulumi. */
function openedJson(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value) || SECRET_PATHS.has(key)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function secretPaths(field: z.ZodType, path: string): string[] {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return secretPaths(field.unwrap() as z.ZodType, path);
  if (field instanceof z.ZodObject) {
    return Object.entries(field.shape as Record<string, z.ZodType>).flatMap(([key, inner]) => secretPaths(inner, path === '' ? key : `${path}.${key}`));
  }
  return field.meta()?.['secret'] === true ? [path] : [];
}
