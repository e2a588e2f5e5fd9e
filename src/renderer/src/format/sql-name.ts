/** A name as it stands in SQL, whatever it is made of. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
