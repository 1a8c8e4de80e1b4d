import type { HandedOut } from './coco.ts';

/** Files of a review's folder, beside images/. */
export const annotationsFile = 'annotations.json';
export const photosFile = 'photos.csv';
export const readmeFile = 'README.md';

/** Camera, light and weight of each photo: `rivage evaluate` reads it, labelling tools drop it. */
export function toPhotosCsv(handed: readonly HandedOut[]): string {
  const rows = handed.map(({ fileName, photo, weight }) => [
    ...[fileName, photo.cameraId, photo.light, photo.takenAt.toISOString(), String(weight)],
  ]);
  const lines = [['Photo', 'Camera', 'Light', 'Taken', 'Weight'], ...rows].map((cells) => cells.map(quoted).join(','));
  return `${lines.join('\n')}\n`;
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The note for whoever reviews, in both languages. */
export function toReadme(photos: number): string {
  return `# ${photos} photos to review · ${photos} photos à relire

**These photos show people who are not blurred.** They are for the review alone: keep them on a machine of the service,
give them to nobody else, try to recognise nobody, and **delete this folder when the review is imported**, with every copy
in the labelling tool. Places behind a privacy mask are grey.

1. Open \`images/\` in a labelling tool (CVAT, Label Studio …) and load \`annotations.json\` (COCO 1.0, boxes).
2. Look at **every** photo, enlarged. Correct boxes that sit badly, delete what is none, draw what was missed. Labels: person,
   tent, boat (boards too), animal. A box holds what is visible of one object. Where nobody could count (a crowd, a smudge),
   draw one box around it and set \`iscrowd\` to 1: nothing inside counts as right or wrong.
3. Save as COCO 1.0 over \`annotations.json\`. Every photo that the file lists counts as looked at, and without boxes as
   empty: take out the photos that you did not look at. Keep the names of the files.
4. \`rivage review import <this folder> -w <workspace> --reviewer <you>\`

---

**Ces photos montrent des personnes non floutées.** Elles ne servent qu'à la relecture : gardez-les sur un poste du service,
ne les transmettez pas, ne cherchez à reconnaître personne, et **supprimez ce dossier une fois la relecture importée**, ainsi
que toute copie dans l'outil d'annotation. Les lieux masqués sont gris.

1. Ouvrez \`images/\` dans un outil d'annotation (CVAT, Label Studio …) et chargez \`annotations.json\` (COCO 1.0, boîtes).
2. Regardez **chaque** photo, agrandie. Corrigez les boîtes mal placées, supprimez les fausses, dessinez ce qui manque.
   Catégories : person, tent, boat (planches comprises), animal. Une boîte contient ce qui est visible d'un seul objet. Là où
   nul ne peut compter (foule, tache), tracez une seule boîte et mettez \`iscrowd\` à 1 : rien n'y compte comme juste ou faux.
3. Enregistrez en COCO 1.0 sous \`annotations.json\`. Chaque photo du fichier compte comme regardée et, sans boîte, comme
   vide : retirez celles que vous n'avez pas regardées. Gardez les noms des fichiers.
4. \`rivage review import <ce dossier> -w <espace de travail> --reviewer <vous>\`
`;
}
