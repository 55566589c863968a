/** Edits of a project's files, which must fit exactly once: they would do something else than they say. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How often an edit fits the file that it is of. */
export function timesItFits({ file, from }, project) {
  return readFileSync(path.join(project, file), 'utf8').split(from).length - 1;
}

/** @throws when the edit does not fit exactly once. */
export function apply(edit, project) {
  const times = timesItFits(edit, project);
  if (times !== 1) throw new Error(`the edit of ${edit.file} fits ${times} times`);
  const file = path.join(project, edit.file);
  const before = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    before.replace(edit.from, () => edit.to),
  );
}
