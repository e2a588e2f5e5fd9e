import type { PortabilityProblem } from './portability';
import { codeTokens, isSymbol, isWord } from './reader';

/**
 * Refuses what could reach beyond the schema of the results. A model may come with a workspace from somebody else, and
 * runs with the user's rights on the whole cluster.
 */
export function refuseOtherSchemas(sql: string): PortabilityProblem[] {
  const tokens = codeTokens(sql);
  const problems: PortabilityProblem[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const { line } = token;
    if (isSymbol(token, '(')) depth += 1;
    if (isSymbol(token, ')')) depth -= 1;
    if (depth < 0) return [...problems, { line, reason: 'a parenthesis closes that was not opened' }];
    if (isWord(token, 'TABLE') && isSymbol(tokens[index + 1], '(')) {
      problems.push({ line, reason: 'table functions may read and change other systems' });
    }
    if (isSymbol(token, ';') && index < tokens.length - 1) problems.push({ line, reason: 'it is not one SELECT' });
    // `a.b` is a column; a table of another schema follows FROM, JOIN or a comma with a dot in its name.
    const isSource = isWord(tokens[index - 1], 'FROM', 'JOIN') && !isWord(token, 'SELECT');
    const isTwice = isSymbol(tokens[index + 1], '.') && isSymbol(tokens[index + 3], '.');
    if (isTwice || (isSource && isSymbol(tokens[index + 1], '.'))) {
      problems.push({ line, reason: 'it names a table of another schema' });
    }
  }
  return problems;
}
