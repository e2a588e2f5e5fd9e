/** Prints the number of attempts of a test, in the format that `npm run attack` adds up. */
export function countTried(what: string, { tried, held }: { readonly tried: number; readonly held: number }): void {
  process.stdout.write(`${what}: tried ${tried}, held ${held}, broken ${tried - held}\n`);
}
