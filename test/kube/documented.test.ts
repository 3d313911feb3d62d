import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * The building blocks of Kubernetes are an interface for others: `npm run docs` makes its reference of their
 * docstrings.
 */

const FOLDER = 'constructs/kube';

/** What a statement declares, or nothing if it is not exported. */
function exported(statement: ts.Statement): string[] {
  if (!ts.canHaveModifiers(statement)) return [];
  if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

test('each export says what it is', () => {
  const statements = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .flatMap((file) => {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      return statements.flatMap((statement) =>
        exported(statement).map((name) => ({
          name: `${file}: ${name}`,
          documented: ts.getJSDocCommentsAndTags(statement).length > 0,
        })),
      );
    });
  expect(statements.length).toBeGreaterThan(80);
  expect(statements.filter(({ documented }) => !documented).map(({ name }) => name)).toEqual([]);
});
