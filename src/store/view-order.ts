interface ViewFile {
  readonly name: string;
  readonly text: string;
}

/** The view files in an order in which they can be created: a view comes after every view that its text names. */
export function sortViews<File extends ViewFile>(files: readonly File[]): readonly File[] {
  const sorted: File[] = [];
  const open = new Set<string>();
  const visit = (file: File): void => {
    if (sorted.includes(file)) return;
    if (open.has(file.name)) throw new Error(`the views ${[...open].join(', ')} need each other`);
    open.add(file.name);
    for (const other of files) if (other !== file && names(file, other.name)) visit(other);
    open.delete(file.name);
    sorted.push(file);
  };
  for (const file of files) visit(file);
  return sorted;
}

function names(file: ViewFile, view: string): boolean {
  return new RegExp(`(from|join)\\s+rivage\\.${view}\\b`).test(file.text);
}
