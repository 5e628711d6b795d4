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
    damaged: {
      message: 'Das Bild ist gestört.',
      cure: 'Erneut drücken; bleibt es dabei, Kamera und Kabel prüfen.',
    },
    'too-dark': { message: 'Zu dunkel.', cure: 'Licht des Dermatoskops einschalten und erneut drücken.' },
    'too-bright': { message: 'Zu hell.', cure: 'Licht oder Belichtung verringern und erneut drücken.' },
    'no-detail': {
      message: 'Das Bild zeigt nur eine gleichförmige Fläche.',
      cure: 'Dermatoskop auf die Läsion setzen und erneut drücken.',
    },
    'too-blurred': { message: 'Zu unscharf.', cure: 'Stillhalten, Läsion scharfstellen und erneut drücken.' },
    moved: { message: 'Das Bild ist verwackelt.', cure: 'Dermatoskop ruhig halten und erneut drücken.' },
    'no-lesion': {
      message: 'Keine Läsion gefunden: neu ausrichten.',
      cure: 'Dermatoskop auf die Läsion setzen, den Ring damit ausfüllen und erneut drücken.',
    },
    hair: {
      message: 'Haare verdecken die Läsion.',
      cure: 'Haare beiseitestreichen oder nass anlegen und erneut drücken.',
    },
    glare: {
      message: 'Reflexe verdecken die Läsion.',
      cure: 'Mehr Gel verwenden oder das Dermatoskop leicht kippen und erneut drücken.',
    },
    ink: {
      message: 'Im Bild ist Tinte oder eine Markierung.',
      cure: 'Abwischen oder entfernen und erneut drücken.',
    },
    'lesion-cut': {
      message: 'Die Läsion ragt über das Bild hinaus.',
      cure: 'Läsion im Ring zentrieren und erneut drücken.',
    },
    'lesion-blurred': {
      message: 'Die Läsion selbst ist unscharf.',
      cure: 'Auf die Läsion scharfstellen, nicht auf die Haut daneben, und erneut drücken.',
    },
    'lesion-small': {
      message: 'Die Läsion ist im Bild zu klein.',
      cure: 'Stärker vergrößern, bis sie den Ring besser ausfüllt, und erneut drücken.',
    },
    'not-finite': { message: 'Das Modell lieferte keine brauchbaren Werte.', cure: CLINICAL },
    'not-a-lesion': {
      message: 'Dies sieht nicht wie eine Hautläsion aus.',
      cure: 'Dermatoskop auf die Läsion setzen, den Ring damit ausfüllen und erneut drücken.',
    },
    'unlike-training': {
      message: 'Dies ähnelt nicht den Bildern, mit denen das Modell trainiert wurde.',
      cure: 'Objektiv, Licht und Bildausschnitt prüfen und erneut drücken; bleibt es dabei, ist eine klinische Beurteilung erforderlich.',
    },
    unsure: { message: 'Das Modell ist unsicher.', cure: CLINICAL },
    'contra-indicated': {
      message: 'Auf eine solche Läsion darf das Modell nicht angewendet werden.',
      cure: CLINICAL,
    },
    'camera/lost': {
      message: 'Keine Kamera.',
      cure: 'Prüfen, ob die Kamera eingesteckt ist; sie verbindet sich automatisch neu.',
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
      cure: '„kiosk doctor“ ausführen und ein gültiges Modellpaket installieren; es wird automatisch geladen.',
    },
    'model/loading': {
      message: 'Das Modell wird noch geladen.',
      cure: 'Einige Sekunden warten und erneut drücken.',
    },
    'inference/died': { message: 'Die Analyse brach unerwartet ab.', cure: RESTARTING },
    'inference/timeout': { message: 'Die Analyse dauerte zu lange und wurde beendet.', cure: RESTARTING },
    'inference/failed': {
      message: 'Die Analyse ist fehlgeschlagen.',
      cure: 'Erneut drücken; tritt der Fehler erneut auf, „kiosk doctor“ ausführen.',
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
      message: 'Dieses Gerät speichert keine Bilder.',
      cure: 'KIOSK_RETENTION auf ask oder always setzen.',
    },
    'picture/no-room': {
      message: 'Kein Platz, um das Bild zu speichern.',
      cure: 'Auf dem Datenträger Platz schaffen; das Ergebnis selbst ist aufgezeichnet.',
    },
    'picture/key-lost': {
      message: 'Der Schlüssel der gespeicherten Bilder fehlt oder ist falsch.',
      cure: 'Die Schlüsseldatei wiederherstellen; ohne sie sind die Bilder nicht lesbar.',
    },
    'picture/kept-damaged': {
      message: 'Das gespeicherte Bild ist beschädigt oder wurde verändert.',
      cure: 'Das Bild löschen; das Ergebnis bleibt im Protokoll.',
    },
    'session/busy': {
      message: 'Eine Aufnahme läuft gerade.',
      cure: 'Warten, bis sie fertig ist, und erneut versuchen.',
    },
    'session/repeated-press': {
      message: 'Zweimal gedrückt: Nur das erste Mal zählt.',
      cure: 'Für eine weitere Aufnahme eine halbe Sekunde warten und einmal drücken.',
    },
    'session/aborted': { message: 'Die Sitzung wurde ohne Ergebnis abgebrochen.', cure: 'Erneut drücken.' },
    'session/timeout': {
      message: 'Die Sitzung dauerte zu lange und wurde abgebrochen.',
      cure: 'Erneut drücken.',
    },
    'session/unknown': {
      message: 'Diese Sitzung gibt es nicht.',
      cure: 'Die Sitzung im Protokoll suchen.',
    },
    'session/not-assessable': {
      message: 'Diese Sitzung hat kein Ergebnis, das beurteilt werden kann.',
      cure: 'Eine Sitzung mit Ergebnis oder mit „Keine Aussage“ wählen.',
    },
    'session/picture-gone': {
      message: 'Das Bild dieser Sitzung ist nicht mehr gespeichert.',
      cure: 'Bilder werden gelöscht, wenn das Ergebnis geschlossen wird oder ihre Frist abläuft.',
    },
    'reference/invalid': {
      message: 'Dies ist keine gültige Patientenkennung.',
      cure: 'Strichcode erneut scannen oder die Eingabe prüfen.',
    },
    'reference/taken': {
      message: 'Diese Patientenkennung gehört bereits zu einer anderen Person.',
      cure: 'Eingabe prüfen; ist es dieselbe Person, beide zusammenführen.',
    },
    'reference/unknown': {
      message: 'Diese Patientenkennung ist nicht bekannt.',
      cure: 'Eingabe prüfen.',
    },
    'reference/none': {
      message: 'Es ist kein Patient ausgewählt.',
      cure: 'Zuerst die Kennung scannen oder eingeben.',
    },
    'lesion/unknown': {
      message: 'Dieser Patient hat keine solche Läsion.',
      cure: 'Eine aus der Liste wählen oder eine neue anlegen.',
    },
    'lesion/closed': {
      message: 'Diese Läsion ist abgeschlossen.',
      cure: 'Sie zuerst auf ihrer Seite wieder öffnen.',
    },
    'lesion/contra-indicated': {
      message: 'Das Gerät darf bei dieser Läsion nicht verwendet werden.',
      cure: CLINICAL,
    },
    'overview/under-way': {
      message: 'Ein Übersichtsbild wird gerade aufgenommen.',
      cure: 'Es zuerst speichern oder abbrechen.',
    },
    'overview/gone': {
      message: 'Dieses Übersichtsbild ist nicht mehr vorhanden.',
      cure: 'Erneut aufnehmen. Ein nicht gespeichertes wird verworfen, wenn die Patientin oder der Patient wechselt oder niemand da ist.',
    },
    'comparison/other-lesion': {
      message: 'Diese beiden Aufnahmen zeigen nicht dieselbe Läsion.',
      cure: 'Aufnahmen aus dem Verlauf einer Läsion wählen.',
    },
    'comparison/failed': {
      message: 'Die beiden Aufnahmen konnten nicht verglichen werden.',
      cure: 'Erneut versuchen; tritt der Fehler erneut auf, im Systemprotokoll nachsehen.',
    },
    'rescore/same-model': {
      message: 'Das letzte Ergebnis dieser Sitzung stammt bereits vom aktuellen Modell.',
      cure: 'Es ist nichts zu tun.',
    },
    'export/none': {
      message: 'Auf diesem Gerät ist kein Exportordner eingerichtet.',
      cure: 'KIOSK_EXPORT_DIR auf den Ordner setzen, in dem der USB-Stick eingehängt ist.',
    },
    'export/nothing': {
      message: 'Es gibt nichts zu exportieren: Keine Sitzung passt.',
      cure: 'Andere Tage wählen oder den Filter ändern.',
    },
    'export/no-medium': {
      message: 'Kein USB-Stick gefunden.',
      cure: 'USB-Stick einstecken, einige Sekunden warten und erneut versuchen.',
    },
    'export/failed': {
      message: 'Der Export konnte nicht gespeichert werden; es blieb keine unvollständige Datei zurück.',
      cure: 'Platz auf dem USB-Stick schaffen oder einen anderen verwenden.',
    },
    'drive/none': {
      message: 'Auf diesem Gerät ist kein Ordner für Bilder von einem USB-Stick eingerichtet.',
      cure: 'KIOSK_UPLOAD_DIR auf den Ordner setzen, in dem der USB-Stick eingehängt ist.',
    },
    'drive/no-medium': {
      message: 'Kein USB-Stick gefunden.',
      cure: 'USB-Stick einstecken, einige Sekunden warten und erneut suchen.',
    },
    'drive/no-pictures': {
      message: 'Auf dem USB-Stick ist kein PNG- oder JPEG-Bild.',
      cure: 'Bilder darauf kopieren, höchstens drei Ordner tief, und erneut suchen.',
    },
    'drive/unreadable': {
      message: 'Der USB-Stick kann nicht gelesen werden.',
      cure: 'Abziehen und wieder einstecken, oder einen anderen verwenden.',
    },
    'drive/changed': {
      message: 'Der USB-Stick wurde gewechselt oder abgezogen.',
      cure: 'Erneut nach Bildern suchen.',
    },
    'drive/own-screen': {
      message: 'Der USB-Stick ist nur am eigenen Bildschirm des Geräts zugänglich.',
      cure: 'Stattdessen eine Datei von hier hochladen.',
    },
    'store/full': {
      message: 'Speicher voll: Nichts kann aufgezeichnet werden.',
      cure: 'Platz auf dem Datenträger schaffen; das Gerät läuft dann automatisch weiter.',
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
      cure: 'Die Variable in der Installation oder in der Flotte ändern.',
    },
    'operator/locked': {
      message: 'Gesperrt.',
      cure: 'Ausweis scannen oder PIN eingeben.',
    },
    'operator/unknown': {
      message: 'Diese Person ist nicht eingerichtet.',
      cure: 'Eine andere Person wählen oder die Technik fragen.',
    },
    'operator/taken': {
      message: 'Dieser Name oder Ausweis gehört schon zu einer anderen Person.',
      cure: 'Einen anderen Namen oder Ausweis verwenden.',
    },
    'badge/unknown': {
      message: 'Dieser Ausweis ist nicht bekannt.',
      cure: 'Erneut scannen oder PIN eingeben.',
    },
    'badge/unusable': {
      message: 'Dieser Code kann kein Ausweis sein.',
      cure: 'Einen Ausweis mit 6 bis 80 Zeichen und dem erwarteten Präfix verwenden.',
    },
    'pin/wrong': { message: 'Die PIN ist falsch.', cure: 'Erneut versuchen.' },
    'pin/wait': { message: 'Zu viele falsche PINs.', cure: 'Warten, dann erneut versuchen.' },
    'pin/weak': {
      message: 'Diese PIN ist zu leicht zu erraten.',
      cure: '6 bis 12 Ziffern verwenden (persönliche PIN: 4 bis 12), keine Folge, keine Wiederholung, kein Jahr und kein Datum.',
    },
    'pin/own-screen': {
      message: 'Die erste PIN muss direkt am Bildschirm des Geräts festgelegt werden.',
      cure: 'Die Einstellungen dort öffnen.',
    },
    'practice/on': {
      message: 'Am Gerät wird gerade geübt.',
      cure: 'Zuerst die Übung am Bildschirm des Geräts beenden.',
    },
    'request/refused': {
      message: 'Die Anfrage ist nicht erlaubt.',
      cure: 'Bildschirm unter der Adresse des Geräts öffnen oder KIOSK_ALLOWED_HOSTS setzen.',
    },
    'request/invalid': {
      message: 'Die Anfrage ist ungültig.',
      cure: 'Adresse und gesendete Felder prüfen.',
    },
    'request/too-many': {
      message: 'Zu viele Anfragen in kurzer Zeit.',
      cure: 'Einen Moment warten und erneut versuchen.',
    },
    'request/not-found': { message: 'Unter dieser Adresse wurde nichts gefunden.', cure: 'Adresse prüfen.' },
    'internal/error': {
      message: 'Ein interner Fehler ist aufgetreten.',
      cure: 'Erneut drücken; Einzelheiten stehen im Systemprotokoll.',
    },
  },
  board: {
    'under-voltage': {
      message: 'Die Versorgungsspannung ist zu niedrig.',
      cure: 'Das Originalnetzteil der Platine und ein kurzes, dickes Kabel verwenden.',
    },
    hot: {
      message: 'Die Platine ist zu heiß.',
      cure: 'Lüftungsschlitze freimachen oder Kühlkörper oder Lüfter anbringen.',
    },
    throttled: {
      message: 'Der Prozessor wird gedrosselt.',
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
    memory: 'RAM',
    clock: 'Uhr',
    power: 'Strom',
    heat: 'Temperatur',
    board: 'Platine',
    versions: 'Versionen',
  },
  cures: {
    'camera-slow':
      'Kleineres Bildformat wählen oder Stromversorgung, Temperatur und andere Programme prüfen.',
    'not-calibrated': 'Kamera mit einer weißen Karte kalibrieren.',
    'no-white-card': 'Optik auf die weiße Karte setzen und erneut testen.',
    'colour-cast': 'Optik und Licht reinigen; wenn das nicht hilft, mit der weißen Karte kalibrieren.',
    'button-stuck': 'Taster lösen. Bis dahin die Bildschirmtaste verwenden.',
    'button-missing': 'Bis dahin die Bildschirmtaste verwenden.',
    'lamp-failed': 'Verdrahtung prüfen oder KIOSK_LAMP=none setzen.',
    'model-loading': 'Einige Sekunden warten und erneut testen.',
    'model-none': 'Ein gültiges Modellpaket installieren oder mit KIOSK_MODEL angeben.',
    'disk-full': 'Auf dem Datenträger Platz schaffen.',
    'memory-short': 'Andere Programme beenden oder die Platine neu starten.',
    'clock-unset': 'Die Platine mit einer Zeitquelle verbinden oder eine Uhrbatterie einsetzen.',
  },
  noPress: {
    message: 'Kein Tastendruck erkannt.',
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
  tags: {
    akiec: 'Präkanzerose oder Carcinoma in situ',
    bcc: 'Krebs',
    df: 'gutartig',
    mel: 'Krebs',
    nv: 'gutartig',
    vasc: 'gutartig',
  },
  sites: {
    chest: 'Brust',
    abdomen: 'Bauch',
    'upper-arm-front': 'Oberarm, vorne',
    'forearm-front': 'Unterarm, vorne',
    'thigh-front': 'Oberschenkel, vorne',
    shin: 'Unterschenkel, vorne',
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
    ulceration: 'Ulzeriert',
    bleeding: 'Blutend',
    ulcerated: 'Ulzeriert oder blutend',
    hidden: 'Durch Haare, Tinte, Tätowierung oder Narbe verdeckt',
    'too-large': 'Größer als das Bildfeld',
    'dark-skin': 'Dunkle Haut (Hauttyp V oder VI)',
  },
  use: {
    headline: 'Nur für Forschungszwecke. Für geschulte Fachpersonen bei bereits verdächtigen Läsionen.',
    not: 'Nicht zum Screening, keine Diagnose; ein niedriger Wert schließt Krebs nicht aus.',
    notValidatedOn: [
      'Nägel, Schleimhaut, Augenlider, Genitalien',
      'ulzerierte oder blutende Läsionen',
      'von Haar, Tinte, Tätowierung oder Narbe verdeckte Läsionen',
      'Läsionen größer als das Bildfeld',
      'dunkle Haut (Hauttypen V–VI)',
      'Plattenepithelkarzinom und jede andere Diagnose außerhalb der sieben Klassen',
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
    damage: 'Schäden',
    grain: 'Rauschen',
    evidence: 'Läsionsnachweis',
    share: 'Anteil',
    distance: 'Abstand',
    hair: 'Haare',
    glare: 'Reflexe',
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
    verdict: 'Entscheidung',
    explain: 'Erklären',
  },
};
