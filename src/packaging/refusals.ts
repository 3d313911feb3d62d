import type { OpenParameter } from './open-parameters';
import { call, literal } from './template';

/** A template that fails, with a sentence, for values that a parameter must not have. */
export function refusals(parameters: readonly OpenParameter[]): string {
  return parameters.map(refusal).join('');
}

function refusal({ name, parameter, expression }: OpenParameter): string {
  if (parameter.type === 'list_single') {
    const choices = call('list', ...parameter.choices.map(literal));
    return refuse(
      `not (has ${expression} ${choices})`,
      `${name}: %q is not one of ${parameter.choices.join(', ')}`,
      expression,
    );
  }
  if (parameter.type === 'list_multi') {
    const choices = call('list', ...parameter.choices.map(literal));
    return `{{- range (splitList "," ${expression}) }}\n${refuse(`not (has . ${choices})`, `${name}: %q is not one of ${parameter.choices.join(', ')}`, '.')}{{- end }}\n`;
  }
  if (parameter.type !== 'string' || !parameter.form) return '';
  const { pattern, wanted } = parameter.form;
  const message = `${name}: %q is not ${wanted}`;
  const [whole, lookedAhead] = [pattern.source.replaceAll(NO_DOTS, ''), pattern.source.includes(NO_DOTS)];
  return (
    refuse(`not (regexMatch ${literal(whole)} ${expression})`, message, expression) +
    (lookedAhead ? refuse(`regexMatch "(^|/)[.]{1,2}(/|$)" ${expression}`, message, expression) : '')
  );
}

/** Programs in Go look at no text ahead; no segment of a path is "." or "..". */
const NO_DOTS = String.raw`(?!\.\.?(\/|$))`;

function refuse(when: string, message: string, value: string): string {
  return `{{- if ${when} }}{{ fail ${call('printf', literal(message), value)} }}{{ end }}\n`;
}
