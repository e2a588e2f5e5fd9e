/**
 * The part of a changelog in the form of Keep a Changelog that belongs to one version, without its heading.
 *
 * @param {string} changelog
 * @param {string} version such as `0.1.0`
 * @returns {string | undefined} undefined if the version has no section, or an empty one
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split(/\r?\n/);
  const start = lines.findIndex((line) => headingVersion(line) === version);
  if (start < 0) return undefined;
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => line.startsWith('## '));
  const section = (end < 0 ? after : after.slice(0, end)).filter((line) => !isLinkDefinition(line));
  return section.join('\n').trim() || undefined;
}

/**
 * Makes links to files of the project absolute: on the page of a release, relative links don't work.
 *
 * @param {string} markdown
 * @param {string} base the address of the project's folder, with a slash at its end
 * @returns {string}
 */
export function withAbsoluteLinks(markdown, base) {
  return markdown.replaceAll(/(\]\()(?![a-z][a-z+.-]*:|#|\/)([^)\s]+)/gi, (_, opening, target) => {
    return opening + new URL(target, base).href;
  });
}

/** @param {string} line */
function headingVersion(line) {
  return /^## \[?([^\]\s]+)\]?/.exec(line)?.[1];
}

/** @param {string} line */
function isLinkDefinition(line) {
  return /^\[[^\]]+\]: \S+$/.test(line);
}
