/** Prints how many attempts a test has made, in the words that `npm run attack` adds up. */
export function countTried(what: string, { tried, held }: { readonly tried: number; readonly held: number }): void {
  process.stdout.write(`${what}: tried ${tried}, held ${held}, broken ${tried - held}\n`);
}
