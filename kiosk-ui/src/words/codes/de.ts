import type { CodeWords } from './code-words.ts';

const RESTARTING = 'Sie wird neu gestartet; erneut drücken.';
const CHOOSE = 'Ein PNG- oder JPEG-Bild wählen.';
const CLINICAL = 'Klinische Beurteilung erforderlich.';

export const DE_CODES: CodeWords = {
  reasons: {
    'too-small': {
      message: 'Das Bild ist zu klein für eine Beurteilung.',
      cure: 'Ein Bild mit mindestens 100\u00a0×\u00a0100 Pixeln verwenden.',
    },
    'too-dark': { message: 'Zu dunkel.', cure: 'Licht des Dermatoskops einschalten und erneut drücken.' },
    'too-bright': { message: 'Zu hell.', cure: 'Licht oder Belichtung verringern und erneut drücken.' },
    'no-detail': {
      message: 'Das Bild zeigt nichts als eine glatte Fläche.',
      cure: 'Dermatoskop auf die Läsion setzen und erneut drücken.',
    },
    'too-blurred': { message: 'Zu unscharf.', cure: 'Stillhalten, Läsion scharfstellen und erneut drücken.' },
    moved: { message: 'Das Bild ist verwackelt.', cure: 'Dermatoskop ruhig halten und erneut drücken.' },
    hair: {
      message: 'Haare verdecken die Läsion.',
      cure: 'Haare scheiteln oder nass anlegen und erneut drücken.',
    },
    glare: {
      message: 'Die Läsion spiegelt das Licht.',
      cure: 'Mehr Gel nehmen oder den Kopf kippen und erneut drücken.',
    },
    ink: {
      message: 'Tinte oder eine Markierung ist im Bild.',
      cure: 'Abwischen oder entfernen und erneut drücken.',
    },
    'lesion-cut': {
      message: 'Die Läsion reicht über das Bild hinaus.',
      cure: 'Läsion in die Mitte des Rings setzen und erneut drücken.',
    },
    'lesion-blurred': {
      message: 'Die Läsion selbst ist unscharf.',
      cure: 'Auf die Läsion scharfstellen, nicht auf die Haut daneben, und erneut drücken.',
    },
    'lesion-small': {
      message: 'Die Läsion ist im Bild zu klein.',
      cure: 'Vergrößern, bis sie den Ring mehr ausfüllt, und erneut drücken.',
    },
    'not-finite': { message: 'Das Modell lieferte keine brauchbaren Zahlen.', cure: CLINICAL },
    'not-a-lesion': {
      message: 'Dies sieht nicht wie eine Hautläsion aus.',
      cure: 'Dermatoskop auf die Läsion setzen, den Ring damit ausfüllen und erneut drücken.',
    },
    'unlike-training': {
      message: 'Dies gleicht nichts, woran das Modell gelernt hat.',
      cure: 'Optik, Licht und Ausrichtung prüfen und erneut drücken; bleibt es dabei, ist eine klinische Beurteilung erforderlich.',
    },
    unsure: { message: 'Das Modell ist unsicher.', cure: CLINICAL },
    'camera/lost': {
      message: 'Keine Kamera.',
      cure: 'Prüfen, ob die Kamera eingesteckt ist; sie kommt von selbst zurück.',
    },
    'camera/stalled': {
      message: 'Die Kamera sendet keine Bilder mehr.',
      cure: 'Sie wird neu gestartet; warten oder neu einstecken.',
    },
    'camera/timeout': {
      message: 'Kein neues Bild von der Kamera.',
      cure: 'Kamera prüfen und erneut drücken.',
    },
    'model/none': {
      message: 'Kein Modell: keine Wahrscheinlichkeit.',
      cure: '„kiosk doctor“ ausführen und ein gültiges Modellpaket installieren; es lädt von selbst.',
    },
    'model/loading': {
      message: 'Das Modell wird noch geladen.',
      cure: 'Einige Sekunden warten und erneut drücken.',
    },
    'inference/died': { message: 'Die Analyse brach unerwartet ab.', cure: RESTARTING },
    'inference/timeout': { message: 'Die Analyse dauerte zu lange und wurde beendet.', cure: RESTARTING },
    'inference/failed': {
      message: 'Die Analyse ist fehlgeschlagen.',
      cure: 'Erneut drücken; bleibt es dabei, „kiosk doctor“ ausführen.',
    },
    'picture/empty': { message: 'Die Datei ist leer.', cure: CHOOSE },
    'picture/missing': {
      message: 'Es wurde kein Bild gesendet.',
      cure: 'Ein PNG- oder JPEG-Bild wählen und im Feld „file“ senden.',
    },
    'picture/unsupported': { message: 'Dies ist kein PNG- oder JPEG-Bild.', cure: CHOOSE },
    'picture/broken': {
      message: 'Das Bild ist beschädigt oder unvollständig.',
      cure: 'Erneut speichern oder senden, oder ein anderes wählen.',
    },
    'picture/too-many-pixels': {
      message: 'Das Bild hat zu viele Pixel.',
      cure: 'Ein Bild mit höchstens 25 Megapixeln verwenden.',
    },
    'picture/too-large': {
      message: 'Die Datei ist zu groß.',
      cure: 'Eine Datei mit höchstens 20 MB verwenden.',
    },
    'picture/not-kept': {
      message: 'Dieser Kiosk bewahrt keine Bilder auf.',
      cure: 'KIOSK_RETENTION auf ask oder always setzen.',
    },
    'picture/no-room': {
      message: 'Kein Platz, um das Bild aufzubewahren.',
      cure: 'Auf dem Datenträger Platz schaffen; das Ergebnis selbst ist gespeichert.',
    },
    'picture/key-lost': {
      message: 'Der Schlüssel der aufbewahrten Bilder fehlt oder ist ein anderer.',
      cure: 'Die Schlüsseldatei zurücklegen; ohne sie sind die Bilder nicht mehr lesbar.',
    },
    'picture/kept-damaged': {
      message: 'Das aufbewahrte Bild ist beschädigt oder verändert.',
      cure: 'Das Bild löschen; das Ergebnis bleibt im Protokoll.',
    },
    'session/busy': {
      message: 'Eine Aufnahme läuft gerade.',
      cure: 'Warten, bis sie fertig ist, und erneut versuchen.',
    },
    'session/aborted': { message: 'Die Sitzung wurde ohne Ergebnis beendet.', cure: 'Erneut drücken.' },
    'session/timeout': {
      message: 'Die Sitzung dauerte zu lange und wurde beendet.',
      cure: 'Erneut drücken.',
    },
    'session/unknown': {
      message: 'Diese Sitzung gibt es nicht.',
      cure: 'Die Sitzung im Protokoll suchen.',
    },
    'session/not-assessable': {
      message: 'Diese Sitzung gab keine Antwort, die beurteilt werden könnte.',
      cure: 'Eine Sitzung mit Ergebnis oder mit zurückgehaltenem Ergebnis wählen.',
    },
    'session/picture-gone': {
      message: 'Das Bild dieser Sitzung ist nicht mehr vorhanden.',
      cure: 'Bilder gehen, sobald das Ergebnis verlassen wird oder ihre Frist abläuft.',
    },
    'reference/invalid': {
      message: 'Das ist keine Patientenkennung.',
      cure: 'Strichcode erneut scannen oder die Eingabe prüfen.',
    },
    'reference/none': {
      message: 'Es ist kein Patient angemeldet.',
      cure: 'Zuerst die Kennung scannen oder eingeben.',
    },
    'lesion/unknown': {
      message: 'Dieser Patient hat keine solche Läsion.',
      cure: 'Eine aus der Liste wählen oder hinzufügen.',
    },
    'lesion/contra-indicated': {
      message: 'Der Kiosk darf bei dieser Läsion nicht verwendet werden.',
      cure: 'Klinische Beurteilung erforderlich.',
    },
    'comparison/other-lesion': {
      message: 'Diese zwei Aufnahmen zeigen nicht dieselbe Läsion.',
      cure: 'Aufnahmen aus dem Verlauf einer Läsion wählen.',
    },
    'comparison/failed': {
      message: 'Die zwei Aufnahmen konnten nicht verglichen werden.',
      cure: 'Erneut versuchen; bleibt es dabei, sagt das Log des Kiosks mehr.',
    },
    'export/none': {
      message: 'Dieser Kiosk hat keinen Ort zum Exportieren.',
      cure: 'KIOSK_EXPORT_DIR auf den Ordner setzen, in dem der Stick eingehängt ist.',
    },
    'export/no-medium': {
      message: 'Es ist kein Stick da.',
      cure: 'Stick einstecken, einige Sekunden warten und erneut versuchen.',
    },
    'export/failed': {
      message: 'Der Export konnte nicht geschrieben werden; nichts davon blieb zurück.',
      cure: 'Platz auf dem Stick schaffen oder einen anderen nehmen.',
    },
    'store/full': {
      message: 'Speicher voll: Nichts kann aufgezeichnet werden.',
      cure: 'Platz auf dem Datenträger schaffen; der Kiosk fängt sich von selbst.',
    },
    'store/read-only': {
      message: 'Speicher schreibgeschützt: Nichts kann aufgezeichnet werden.',
      cure: 'Datenträger und Zugriffsrechte prüfen.',
    },
    'store/failed': {
      message: 'Die Sitzung konnte nicht aufgezeichnet werden.',
      cure: 'Datenträger prüfen und „kiosk doctor“ ausführen.',
    },
    'settings/locked': { message: 'Die Einstellungen sind gesperrt.', cure: 'Mit der PIN entsperren.' },
    'settings/pinned': {
      message: 'Diese Einstellung ist durch die Installation festgelegt.',
      cure: 'Die Variable dort ändern, wo der Kiosk installiert ist, oder in der Flotte.',
    },
    'pin/wrong': { message: 'Die PIN ist falsch.', cure: 'Erneut versuchen.' },
    'pin/wait': { message: 'Zu viele falsche PINs.', cure: 'Warten, dann erneut versuchen.' },
    'pin/weak': {
      message: 'Diese PIN ist zu einfach.',
      cure: '6 bis 12 Ziffern nehmen, nicht alle gleich und nicht der Reihe nach.',
    },
    'pin/own-screen': {
      message: 'Die erste PIN wird am eigenen Bildschirm des Kiosks gesetzt.',
      cure: 'Die Einstellungen dort öffnen.',
    },
    'request/refused': {
      message: 'Die Anfrage ist nicht erlaubt.',
      cure: 'Bildschirm unter der Adresse des Kiosks öffnen, oder KIOSK_ALLOWED_HOSTS setzen.',
    },
    'request/invalid': {
      message: 'Die Anfrage ist unverständlich.',
      cure: 'Adresse und gesendete Felder prüfen.',
    },
    'request/too-many': {
      message: 'Zu viele Anfragen in kurzer Zeit.',
      cure: 'Einen Moment warten und erneut versuchen.',
    },
    'request/not-found': { message: 'Unter dieser Adresse gibt es nichts.', cure: 'Adresse prüfen.' },
    'internal/error': {
      message: 'Im Kiosk ist etwas schiefgegangen.',
      cure: 'Erneut drücken; das Log des Kiosks sagt mehr.',
    },
  },
  board: {
    'under-voltage': {
      message: 'Die Stromversorgung ist zu schwach.',
      cure: 'Netzteil der Platine und ein kurzes, dickes Kabel verwenden.',
    },
    hot: {
      message: 'Die Platine ist zu heiß.',
      cure: 'Lüftungsschlitze freimachen, Kühlkörper oder Lüfter anbringen.',
    },
    throttled: {
      message: 'Die Platine hat sich verlangsamt.',
      cure: 'Stromversorgung und Kühlung prüfen.',
    },
  },
  checks: {
    camera: 'Kamera',
    picture: 'Bild',
    colour: 'Farbe',
    button: 'Taster',
    lamp: 'Lampe',
    model: 'Modell',
    engine: 'Engine',
    disk: 'Datenträger',
    memory: 'Speicher',
    clock: 'Uhr',
    power: 'Strom',
    heat: 'Wärme',
    board: 'Platine',
    versions: 'Versionen',
  },
  noPress: {
    message: 'Der Taster wurde nicht gedrückt.',
    cure: 'Verdrahtung des Tasters und die Einstellung KIOSK_BUTTON prüfen.',
  },
  classes: {
    akiec: 'Aktinische Keratose / Morbus Bowen',
    bcc: 'Basalzellkarzinom',
    bkl: 'Benigne Keratose',
    df: 'Dermatofibrom',
    mel: 'Melanom',
    nv: 'Melanozytärer Nävus',
    vasc: 'Vaskuläre Läsion',
  },
  kinds: { cancer: 'Krebs', 'pre-cancer': 'Präkanzerose oder Carcinoma in situ', benign: 'gutartig' },
  sites: {
    chest: 'Brust',
    abdomen: 'Bauch',
    'upper-arm-front': 'Oberarm, vorne',
    'forearm-front': 'Unterarm, vorne',
    'thigh-front': 'Oberschenkel, vorne',
    shin: 'Schienbein',
    'upper-back': 'Oberer Rücken',
    'lower-back': 'Unterer Rücken',
    buttock: 'Gesäß',
    'upper-arm-back': 'Oberarm, hinten',
    'forearm-back': 'Unterarm, hinten',
    'thigh-back': 'Oberschenkel, hinten',
    calf: 'Wade',
    eye: 'Augenregion',
    ear: 'Ohr',
    cheek: 'Wange',
    'hand-back': 'Handrücken',
    'fingers-back': 'Finger, Rückseite',
    palm: 'Handfläche',
    'fingers-palm': 'Finger, Innenseite',
    'foot-top': 'Fußrücken',
    toes: 'Zehen',
    sole: 'Fußsohle',
    heel: 'Ferse',
    scalp: 'Kopfhaut',
    forehead: 'Stirn',
    nose: 'Nase',
    mouth: 'Mund und Kinn',
    neck: 'Hals',
    'scalp-back': 'Hinterkopf',
    nape: 'Nacken',
  },
  contraIndications: {
    'special-site': 'An Nagel, Schleimhaut, Augenlid oder Genitalien',
    ulcerated: 'Ulzeriert oder blutend',
    hidden: 'Durch Haare, Tinte, Tätowierung oder Narbe verdeckt',
    'too-large': 'Größer als das Bildfeld',
    'dark-skin': 'Dunkle Haut (Hauttyp V oder VI)',
  },
  use: {
    headline: 'Nur für die Forschung. Eine Hilfe für geschulte Ärzte bei bereits verdächtigen Läsionen.',
    not: 'Nicht zum Screening, keine Diagnose; eine niedrige Zahl schließt Krebs nicht aus.',
    notValidatedOn: [
      'Nägel, Schleimhaut, Augenlider, Genitalien',
      'ulzerierte oder blutende Läsionen',
      'von Haar, Tinte, Tätowierung oder Narbe verdeckte Läsionen',
      'Läsionen größer als das Bildfeld',
      'dunkle Haut (Phototypen V–VI)',
    ],
  },
  fields: {
    width: 'Breite',
    height: 'Höhe',
    brightness: 'Helligkeit',
    contrast: 'Kontrast',
    darkShare: 'Dunkler Anteil',
    brightShare: 'Heller Anteil',
    focus: 'Schärfe',
    detail: 'Detail',
    motion: 'Bewegung',
    evidence: 'Evidenz',
    share: 'Anteil',
    distance: 'Abstand',
    hair: 'Haare',
    glare: 'Spiegelung',
    ink: 'Tinte',
    cut: 'Angeschnitten',
    lesionFocus: 'Läsionsschärfe',
    open: 'Öffnen',
    capture: 'Aufnahme',
    assess: 'Prüfung',
    classify: 'Analyse',
    record: 'Aufzeichnung',
    total: 'Gesamt',
    burstDecode: 'Serie dekodieren',
    quality: 'Qualität',
    decode: 'Dekodieren',
    prepare: 'Vorbereiten',
    network: 'Netz',
    verdict: 'Urteil',
    explain: 'Erklären',
  },
};
