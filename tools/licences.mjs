/**
 * Every crate and npm package that the product ships must be under a permissive licence. Reads what cargo and pnpm know
 * of the locked versions; an unknown licence is an error, so that adding a dependency is a decision.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './steps.mjs';

/** SPDX identifiers that may stand alone or on one side of an OR. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 WITH LLVM-exception',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'IJG',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
  'Unicode-3.0',
  'Unlicense',
  'Zlib',
]);

/**
 * Allowed by name, each with its reason: weak copyleft that stays within its own files, or shared libraries that are
 * linked dynamically and can be replaced by the user.
 */
const exceptions = new Map([
  ['cbindgen', 'MPL-2.0, used by a test only and not shipped'],
  ['@img/sharp-libvips', 'LGPL-3.0-or-later, a shared library that sharp loads'],
]);

/** Whether an SPDX expression can be met with allowed licences alone. */
function acceptable(expression) {
  const text = expression.replaceAll('/', ' OR ').replace(/^\((.*)\)$/, '$1');
  let depth = 0;
  const split = (word) => {
    const parts = [];
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      if (text[i] === '(') depth++;
      else if (text[i] === ')') depth--;
      else if (depth === 0 && text.startsWith(word, i)) {
        parts.push(text.slice(start, i));
        start = i + word.length;
      }
    }
    parts.push(text.slice(start));
    return parts.map((part) => part.trim());
  };
  const all = split(' AND ');
  if (all.length > 1) return all.every(acceptable);
  const any = split(' OR ');
  if (any.length > 1) return any.some(acceptable);
  return allowed.has(text);
}

/** The exception for a package: by its name, or by the name that its platform packages begin with. */
function excepted(name) {
  return [...exceptions.keys()].some((known) => name === known || name.startsWith(`${known}-`));
}

function crates() {
  const metadata = execFileSync('cargo', ['metadata', '--format-version=1', '--locked'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(metadata).packages.map(({ name, version, license }) => ({
    name,
    version,
    licence: license ?? 'none',
  }));
}

function npmPackages() {
  const store = path.join(root, 'node_modules', '.pnpm');
  const manifests = readdirSync(store)
    .flatMap((entry) => {
      const modules = path.join(store, entry, 'node_modules');
      try {
        return readdirSync(modules).flatMap((name) =>
          name.startsWith('@')
            ? readdirSync(path.join(modules, name)).map((inner) => path.join(modules, name, inner))
            : [path.join(modules, name)],
        );
      } catch {
        return [];
      }
    })
    .flatMap((directory) => {
      try {
        return [JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'))];
      } catch {
        return [];
      }
    });
  const unique = new Map(manifests.map((manifest) => [`${manifest.name}@${manifest.version}`, manifest]));
  return [...unique.values()]
    .filter(({ private: own }) => own !== true)
    .map(({ name, version, license, licenses }) => ({
      name,
      version,
      licence: typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type ?? 'none'),
    }));
}

const packages = [...crates(), ...npmPackages()];
const refused = packages.filter(({ name, licence }) => !acceptable(licence) && !excepted(name));
for (const { name, version, licence } of refused) {
  process.stderr.write(`${name} ${version}: ${licence} is not on the list in tools/licences.mjs\n`);
}
process.stdout.write(`${packages.length} packages, ${refused.length} refused\n`);
process.exit(refused.length === 0 ? 0 : 1);
