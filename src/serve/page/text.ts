/** Words of the page, in both languages; a key missing in one does not compile. */
export type Language = 'en' | 'fr';

const english = {
  skipToControls: 'Skip to the controls',
  mapRegion: 'Map of the lake',
  lake: 'Lake',
  otherLanguage: 'Français',
  sightings: 'Sightings',
  confidenceFrom: 'Confidence (dot size), from',
  ellipses: '95 % error ellipses',
  browse: 'Go through them one by one',
  density: 'Density',
  heatNone: 'None',
  heatPersons: 'Persons',
  heatBivouac: 'Bivouac',
  mostPersons: '≈ {n} sightings at one spot',
  mostTentNights: '≈ {n} tent-nights at one spot',
  personNote: 'Sightings of persons in the time shown. Not divided by effort: hours with more photos weigh more.',
  bivouacNote: 'Tent-nights in the time shown: each tent counts once for each night (19:00–09:00).',
  tentsNotLooked: 'Tents: not looked for by this model ({models}).',
  tentsNothingAnalysed: 'Tents: no photo has been analysed yet.',
  tentsNone: 'No tent stayed in the time shown. Nights without usable photos are missing, not empty.',
  places: 'Places',
  showZones: 'Zones',
  watchedLake: 'Lake',
  cameraWithView: 'Camera and its view',
  cameraUncalibrated: 'Camera, not calibrated',
  water: 'Water zone',
  shore: 'Shore',
  trail: 'Trail',
  meadow: 'Meadow',
  'bivouac-area': 'Bivouac area',
  'no-bivouac': 'No bivouac',
  mask: 'Privacy mask',
  photos: 'Photos',
  photoNote: '{total} photos, {usable} usable, {analysed} analysed.',
  progress: 'Progress of the run',
  process: 'Process photos…',
  cancelRun: 'Cancel',
  processTitle: 'Process photos',
  processNote:
    'Finds persons and other objects in photos that this model has not looked at yet, and puts them on the map.',
  cameras: 'Cameras',
  fromDate: 'From',
  toDate: 'To',
  model: 'Model',
  close: 'Close',
  start: 'Start',
  runQueued: 'Waiting to start…',
  runRunning: '{done} of {total} photos · {rate} photos/s · {left} left',
  runRunningNoRate: '{done} of {total} photos',
  runDone: 'Done: {done} photos, {failed} failed.',
  runCancelled: 'Cancelled after {done} photos.',
  runFailed: 'The run failed: {why}',
  time: 'Time',
  play: 'Play',
  pause: 'Pause',
  stepBack: 'One step back',
  stepForward: 'One step forward',
  step: 'Step',
  hour: 'Hour',
  day: 'Day',
  all: 'All',
  from: 'Beginning of the time shown',
  to: 'End of the time shown',
  sighting: 'Sighting',
  previous: 'Previous sighting',
  next: 'Next sighting',
  confidence: 'Confidence',
  takenAt: 'Time',
  camera: 'Camera',
  range: 'Range',
  ellipse: '95 % ellipse',
  ellipseAxes: '± {major} m × ± {minor} m',
  zones: 'Zones',
  noZone: 'outside all zones',
  onSurface: 'On',
  surfaceWater: 'water',
  surfaceGround: 'ground',
  height: 'Height',
  openPhoto: 'Open the whole photo (persons blurred)',
  cropAlt: 'Crop of the photo around the sighting, persons blurred',
  person: 'person',
  tent: 'tent',
  boat: 'boat',
  bicycle: 'bicycle',
  dog: 'dog',
  backpack: 'backpack',
  umbrella: 'umbrella',
  car: 'car',
  nothingYet: 'Nothing here yet',
  nothingYetMend: 'Import photos and process them, then they appear on this map.',
  noLake: 'This workspace has no lake yet. Add one to lakes.geojson, then run: rivage import',
  tooMany: 'Only the first {shown} of {all} sightings are drawn. Choose a shorter time in QGIS or SQL for the rest.',
  cameraMoved:
    'Camera {name} looks elsewhere than when it was calibrated, since {since}. What it saw from then on is not on the map: calibrate it again.',
  noAnswer: 'The service does not answer. Is “rivage serve” still running?',
  noWebgl:
    'This browser cannot draw the map: WebGL is off or missing. Turn on hardware acceleration, or use another browser.',
  dismiss: 'Dismiss',
  minutes: '{n} min',
  seconds: '{n} s',
} as const;

export type TextKey = keyof typeof english;

const french: Readonly<Record<TextKey, string>> = {
  skipToControls: 'Aller aux réglages',
  mapRegion: 'Carte du lac',
  lake: 'Lac',
  otherLanguage: 'English',
  sightings: 'Observations',
  confidenceFrom: 'Confiance (taille du point), dès',
  ellipses: "Ellipses d'erreur à 95 %",
  browse: 'Les parcourir une à une',
  density: 'Densité',
  heatNone: 'Aucune',
  heatPersons: 'Personnes',
  heatBivouac: 'Bivouac',
  mostPersons: '≈ {n} observations au même endroit',
  mostTentNights: '≈ {n} nuitées au même endroit',
  personNote:
    "Observations de personnes dans la période affichée. Sans division par l'effort : les heures avec plus de photos pèsent plus.",
  bivouacNote: 'Nuitées de tente dans la période affichée : chaque tente compte une fois par nuit (19 h – 9 h).',
  tentsNotLooked: 'Tentes : non recherchées par ce modèle ({models}).',
  tentsNothingAnalysed: "Tentes : aucune photo n'a encore été analysée.",
  tentsNone:
    "Aucune tente n'est restée dans la période affichée. Les nuits sans photo exploitable manquent : elles ne sont pas vides.",
  places: 'Lieux',
  showZones: 'Zones',
  watchedLake: 'Lac',
  cameraWithView: 'Appareil et sa visée',
  cameraUncalibrated: 'Appareil non calibré',
  water: "Zone d'eau",
  shore: 'Rive',
  trail: 'Sentier',
  meadow: 'Prairie',
  'bivouac-area': 'Aire de bivouac',
  'no-bivouac': 'Bivouac interdit',
  mask: 'Masque de confidentialité',
  photos: 'Photos',
  photoNote: '{total} photos, {usable} exploitables, {analysed} analysées.',
  progress: 'Avancement du traitement',
  process: 'Traiter des photos…',
  cancelRun: 'Annuler',
  processTitle: 'Traiter des photos',
  processNote:
    "Cherche les personnes et autres objets dans les photos que ce modèle n'a pas encore vues, et les place sur la carte.",
  cameras: 'Appareils',
  fromDate: 'Du',
  toDate: 'Au',
  model: 'Modèle',
  close: 'Fermer',
  start: 'Lancer',
  runQueued: 'En attente…',
  runRunning: '{done} photos sur {total} · {rate} photos/s · reste {left}',
  runRunningNoRate: '{done} photos sur {total}',
  runDone: 'Terminé : {done} photos, {failed} en échec.',
  runCancelled: 'Annulé après {done} photos.',
  runFailed: 'Le traitement a échoué : {why}',
  time: 'Temps',
  play: 'Lire',
  pause: 'Pause',
  stepBack: 'Un pas en arrière',
  stepForward: 'Un pas en avant',
  step: 'Pas',
  hour: 'Heure',
  day: 'Jour',
  all: 'Tout',
  from: 'Début de la période affichée',
  to: 'Fin de la période affichée',
  sighting: 'Observation',
  previous: 'Observation précédente',
  next: 'Observation suivante',
  confidence: 'Confiance',
  takenAt: 'Heure',
  camera: 'Appareil',
  range: 'Distance',
  ellipse: 'Ellipse à 95 %',
  ellipseAxes: '± {major} m × ± {minor} m',
  zones: 'Zones',
  noZone: 'hors de toute zone',
  onSurface: 'Sur',
  surfaceWater: "l'eau",
  surfaceGround: 'le sol',
  height: 'Altitude',
  openPhoto: 'Ouvrir la photo entière (personnes floutées)',
  cropAlt: "Extrait de la photo autour de l'observation, personnes floutées",
  person: 'personne',
  tent: 'tente',
  boat: 'bateau',
  bicycle: 'vélo',
  dog: 'chien',
  backpack: 'sac à dos',
  umbrella: 'parasol',
  car: 'voiture',
  nothingYet: 'Rien ici pour le moment',
  nothingYetMend: 'Importez des photos et traitez-les : elles apparaîtront sur cette carte.',
  noLake: "Cet espace de travail n'a pas encore de lac. Ajoutez-en un dans lakes.geojson, puis lancez : rivage import",
  tooMany: 'Seules les {shown} premières observations sur {all} sont dessinées. Pour le reste, passez par QGIS ou SQL.',
  cameraMoved:
    "L'appareil {name} ne vise plus comme lors de sa calibration, depuis le {since}. Ce qu'il a vu ensuite n'est pas sur la carte : calibrez-le de nouveau.",
  noAnswer: 'Le service ne répond pas. « rivage serve » tourne-t-il encore ?',
  noWebgl:
    "Ce navigateur ne peut pas dessiner la carte : WebGL est absent ou désactivé. Activez l'accélération matérielle, ou prenez un autre navigateur.",
  dismiss: 'Fermer ce message',
  minutes: '{n} min',
  seconds: '{n} s',
};

const dictionaries: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en: english, fr: french };
const storageKey = 'rivage.language';
let current: Language = firstLanguage();

function firstLanguage(): Language {
  const wish = localStorage.getItem(storageKey) ?? navigator.language;
  return wish.startsWith('fr') ? 'fr' : 'en';
}

/** The language of the page now. */
export function language(): Language {
  return current;
}

/** How numbers and dates are written: the reader's own region where it has this language, else Europe's. */
export function locale(): string {
  return navigator.languages.find((one) => one.startsWith(current)) ?? (current === 'fr' ? 'fr-FR' : 'en-GB');
}

/** Changes the language and remembers it in this browser. */
export function chooseLanguage(wish: Language): void {
  current = wish;
  localStorage.setItem(storageKey, wish);
}

/** The words of a key, `{name}` replaced. */
export function say(key: TextKey, params: Readonly<Record<string, string | number>> = {}): string {
  return dictionaries[current][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The word for a label or zone kind; one that the page does not know is shown as it is. */
export function sayWord(word: string): string {
  return word in english ? say(word as TextKey) : word;
}

/** A number as the reader writes it. */
export function sayNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}

/** Fills every element that names its words by data-text (content) or data-label (accessible name). */
export function fillTexts(root: ParentNode): void {
  document.documentElement.lang = current;
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = say(element.dataset.text as TextKey);
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-label]')) {
    element.setAttribute('aria-label', say(element.dataset.label as TextKey));
    if (element.tagName === 'BUTTON') element.title = say(element.dataset.label as TextKey);
  }
}
