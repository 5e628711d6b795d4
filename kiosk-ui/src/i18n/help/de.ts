import type { HelpTexts } from './topics.ts';

export const HELP_DE: HelpTexts = {
  live: {
    shows: 'Das Livebild. Der Ring wird grün, wenn eine Aufnahme jetzt die Qualitätsprüfung bestehen würde.',
    keys: {
      'ready.capture': 'nimmt ein Bild auf, wie der Taster am Dermatoskop.',
      patient: 'wählt Patient und Läsion für die nächste Aufnahme.',
      'nav.upload': 'wertet eine Bilddatei aus.',
      'nav.log': 'zeigt frühere Sitzungen.',
      'nav.menu': 'öffnet Einstellungen, Sprache, Selbsttest und Info.',
    },
    cases: [
      ['Das Bild ist schwarz oder fehlt', 'Kamerakabel prüfen, dann den Selbsttest starten.'],
      ['Der Taster reagiert nicht', 'auf dem Bildschirm aufnehmen und den Taster im Selbsttest prüfen.'],
    ],
  },
  working: {
    shows: 'Das Bild wird aufgenommen, geprüft und ausgewertet. Das dauert etwa eine Sekunde.',
    keys: {},
    cases: [['Ein weiterer Druck', 'wird ignoriert, bis diese Aufnahme fertig ist.']],
  },
  asking: {
    shows: 'Spricht etwas gegen das Modell bei dieser Läsion? Das Ergebnis folgt auf Ihre Antwort.',
    keys: {
      'contra.none': 'hält fest, dass nichts davon zutrifft.',
      'contra.done': 'hält das Markierte fest.',
      'contra.leave': 'hält fest, dass nicht geantwortet wurde.',
    },
    cases: [['Sie sind nicht sicher', 'lieber unbeantwortet lassen als „Nichts davon“ wählen.']],
  },
  opinion: {
    shows:
      'Ihre eigene Beurteilung, bevor das Gerät sein Ergebnis zeigt. Auch Lampe, Protokoll und andere Bildschirme verraten nichts.',
    keys: { 'opinion.leave': 'zeigt das Ergebnis und hält fest, dass keine Beurteilung abgegeben wurde.' },
    cases: [['Sie können es nicht sagen', 'wählen Sie „Unsicher“: auch das ist eine Beurteilung.']],
  },
  retake: {
    shows: 'Warum das Bild abgelehnt wurde und wie es besser gelingt. Es wurde nichts daraus berechnet.',
    keys: { 'again.press': 'nimmt sofort ein neues Bild auf.', back: 'führt zurück zum Livebild.' },
    cases: [
      [
        'Derselbe Grund kommt immer wieder',
        'Linse reinigen, Kontaktflüssigkeit verwenden, eine Sekunde stillhalten.',
      ],
    ],
  },
  fault: {
    shows: 'Was fehlgeschlagen ist. Es gibt kein Ergebnis, und nichts ging verloren.',
    keys: { 'again.press': 'versucht es noch einmal.', back: 'führt zurück zum Livebild.' },
    cases: [['Es schlägt wieder fehl', 'Selbsttest starten und der Technik zeigen, was er meldet.']],
  },
  result: {
    shows:
      'Oben: ob der Wert über, an oder unter der Überweisungsschwelle liegt. Darunter der Wert und die sieben Klassen.',
    keys: {
      'result.save.agree': 'speichert mit Ihrer Zustimmung.',
      'result.save.disagree': 'speichert mit Ihrem Widerspruch.',
      'result.retake': 'nimmt dieselbe Läsion noch einmal auf.',
      'result.discard': 'gehalten: verwirft; die Sitzung bleibt im Protokoll.',
    },
    cases: [
      ['Der Wert liegt unter der Schwelle', 'Krebs ist nicht ausgeschlossen: Ihre Untersuchung entscheidet.'],
      ['Sie möchten mehr sehen', 'auf das Bild tippen: Vollbild, Umriss und Heatmap.'],
    ],
  },
  withheld: {
    shows: 'Das Modell macht zu dieser Läsion keine Aussage. Das heißt nicht, dass sie gutartig ist.',
    keys: {
      'result.save.agree': 'speichert die Sitzung.',
      'result.retake': 'nimmt ein weiteres Bild auf.',
      'result.discard': 'gehalten: verwirft; die Sitzung bleibt im Protokoll.',
    },
    cases: [['Auch das zweite Bild ergibt keine Aussage', 'die Läsion ohne das Modell beurteilen.']],
  },
  patient: {
    shows: 'Zu wem die nächste Aufnahme gehört: erst die Kennung, dann die Läsion.',
    keys: {
      'patient.next': 'übernimmt die getippte Kennung; ein Scan ebenso.',
      'patient.yes': 'bestätigt den Patienten.',
      'patient.new-lesion': 'legt eine Läsion an: Ort und Bezeichnung.',
      'patient.clear': 'wählt niemanden; die Daten bleiben.',
    },
    cases: [['Die Kennung wurde falsch getippt', 'Patient wählen, dann „Kennung korrigieren“ wählen.']],
  },
  patients: {
    shows: 'Patienten mit ihren Läsionen am Körper und ihren Besuchen.',
    keys: {
      'patients.search': 'findet nach einem Teil der Kennung.',
      'patients.select': 'wählt diesen Patienten für die nächste Aufnahme.',
    },
    cases: [['Es gibt einen Barcode', 'scannen: der Patient öffnet sich sofort.']],
  },
  'new-lesion': {
    shows:
      'Wo die Läsion liegt und wie sie bezeichnet wird, damit man sie beim nächsten Besuch wiederfindet.',
    keys: {},
    cases: [
      ['Mehrere Läsionen liegen am selben Ort', 'jede eigens bezeichnen, zum Beispiel mit „A“ und „B“.'],
    ],
  },
  lesion: {
    shows: 'Diese Läsion im Verlauf.',
    keys: {
      'lesion.course': 'zeigt den Wert bei jedem Besuch mit der Schwelle.',
      'lesion.compare': 'legt zwei Bilder übereinander und misst die Veränderung.',
    },
    cases: [
      ['Es gibt nichts zu vergleichen', 'nötig sind zwei Aufnahmen mit gespeichertem Bild.'],
      ['Der Wert hat sich geändert', 'das allein heißt nicht, dass sich die Läsion verändert hat.'],
    ],
  },
  assign: {
    shows: 'Zu welchem Patienten eine Sitzung gehört. Die Änderung steht im Journal.',
    keys: { 'assign.yes': 'ordnet die Sitzung diesem Patienten zu.' },
    cases: [['Es war der falsche Patient', 'neu zuordnen: das geht beliebig oft.']],
  },
  overview: {
    shows:
      'Die Region um die Läsion, mit der Kamera ohne Kontakt oder aus einer Datei. Das Modell sieht das Bild nie.',
    keys: {
      'overview.keep': 'speichert es bei der genannten Läsion.',
      'overview.again': 'verwirft es und zeigt wieder das Live-Bild.',
      'overview.file': 'nimmt eine Bilddatei statt der Kamera.',
    },
    cases: [
      ['Der falsche Name steht da', 'abbrechen, die richtige Person auswählen und neu beginnen.'],
      ['Niemand speichert es', 'es wird verworfen: vor „Speichern“ wird nichts abgelegt.'],
    ],
  },
  upload: {
    shows: 'Bilddateien. Sie werden genauso geprüft und ausgewertet wie eine Aufnahme.',
    keys: {
      'upload.choose': 'öffnet eine Datei dieses Computers.',
      'drive.search': 'liest den USB-Stick noch einmal.',
      'drive.analyse': 'wertet das gewählte Bild aus.',
    },
    cases: [
      [
        'Eine Datei wird abgelehnt',
        'PNG oder JPEG verwenden: Nahaufnahme einer einzigen Läsion, höchstens 20 MB.',
      ],
    ],
  },
  log: {
    shows: 'Alle Sitzungen, die neueste zuerst. Antippen öffnet eine.',
    keys: {
      'log.search': 'sucht nach Nummer, Kennung oder Datum.',
      'log.filter': 'zeigt nur einen Teil.',
      'log.statistics': 'zählt die angezeigten.',
      'filter.last-month': 'zeigt den vorigen Monat.',
    },
    cases: [['Eine Sitzung fehlt', 'den Filter aufheben und unter „Alle“ nachsehen.']],
  },
  find: {
    shows: 'Wonach im Protokoll gesucht wird. Angaben verschiedener Art müssen alle zutreffen.',
    keys: { 'filter.show-all': 'zeigt die Treffer.', 'filter.clear': 'zeigt wieder alle Sitzungen.' },
    cases: [['Es wird nichts gefunden', 'eine Angabe durch erneutes Antippen entfernen.']],
  },
  export: {
    shows: 'Schreibt die im Protokoll angezeigten Sitzungen auf einen USB-Stick.',
    keys: { 'export.csv': 'ist für Tabellen.', 'export.json': 'ist für Software.' },
    cases: [['Der Stick soll abgezogen werden', 'nach der Meldung noch einige Sekunden warten.']],
  },
  statistics: {
    shows: 'Anzahl und Treffsicherheit der im Protokoll angezeigten Sitzungen.',
    keys: { 'statistics.table': 'zeigt die Werte als Tabelle.' },
    cases: [['Ein Wert fehlt', 'noch zu wenige Läsionen haben Befund oder Histologie.']],
  },
  session: {
    shows: 'Eine Sitzung: Ergebnis, Befunde, Bild, Messwerte und jede Änderung.',
    keys: {
      'detail.findings': 'nimmt Ihren Befund und die Histologie auf.',
      'detail.picture': 'zeigt das Bild, falls es gespeichert wurde.',
      'detail.journal': 'listet jede Änderung mit ihrer Zeit.',
    },
    cases: [['Sie gehört zu einem anderen Patienten', 'den Patientennamen antippen und neu zuordnen.']],
  },
  menu: {
    shows: 'Seiten, die für eine Aufnahme nicht gebraucht werden.',
    keys: {
      'settings.title': 'ändert, wie das Gerät arbeitet; mit PIN.',
      'setting.language': 'ändert die Sprache; mit PIN.',
      'test.title': 'prüft jeden Teil des Geräts.',
      'nav.about': 'nennt Zweck, Grenzen und Leistung des Modells.',
    },
    cases: [['Die PIN ist vergessen', 'die Technik setzt sie auf der Befehlszeile zurück: kiosk pin reset']],
  },
  language: {
    shows: 'Die Sprache des Bildschirms. Sie wechselt sofort.',
    keys: {},
    cases: [['Keine andere Sprache ist wählbar', 'die Installation hat sie mit KIOSK_LANGUAGE festgelegt.']],
  },
  guide: {
    shows: 'Richtet ein neues Gerät Schritt für Schritt ein. Nach einem Neustart geht es hier weiter.',
    keys: {
      'guide.next': 'geht weiter, ob der Schritt erledigt ist oder nicht.',
      'guide.end': 'schließt den Assistenten; das Menü öffnet ihn wieder.',
    },
    cases: [
      ['Eine Einstellung ist festgelegt', 'die Installation hat sie gesetzt; die Variable steht dabei.'],
    ],
  },
  practice: {
    shows:
      'Aufnahmen mit simulierten Bildern: ein Fehler, die Meldung, die Abhilfe. Nichts wird gespeichert, kein Ergebnis berechnet.',
    keys: {
      'guide.skip': 'geht zum nächsten Schritt.',
      'practice.end': 'führt zum Live-Bild der eigenen Kamera zurück.',
    },
    cases: [
      [
        'Ein Patient kommt',
        'zuerst die Übung beenden: vorher kann niemand gewählt und keine Datei ausgewertet werden.',
      ],
    ],
  },
  about: {
    shows: 'Zweck, Grenzen, Schwellen und gemessene Leistung des Modells sowie die Versionen der Software.',
    keys: {},
    cases: [['Sie melden ein Problem', 'die Versionen unter „Software“ angeben.']],
  },
  'self-test': {
    shows: 'Jeder Teil des Geräts, Probleme zuerst, jeweils mit Abhilfe.',
    keys: {
      'test.again': 'prüft alles noch einmal.',
      'test.details': 'ergänzt den Befund in den Worten der Technik.',
      'test.button': 'wartet auf einen Druck; nichts wird aufgenommen.',
      'test.lamp': 'lässt die Lampe des Tasters blinken.',
    },
    cases: [['Ein Teil ist fehlerhaft', 'dem Hinweis daneben folgen, dann erneut prüfen.']],
  },
  settings: {
    shows: 'Die Einstellungen der Technik. Jede Änderung steht im Journal.',
    keys: { 'settings.lock': 'sperrt sie; das Verlassen der Seite ebenso.' },
    cases: [
      [
        'Eine Einstellung lässt sich nicht ändern',
        'die Installation hat sie festgelegt; der Name steht daneben.',
      ],
    ],
  },
  unlock: {
    shows: 'Fragt, wer Sie sind, bevor Patienten, Protokoll oder Einstellungen erscheinen.',
    keys: {},
    cases: [
      ['Sie haben einen Ausweis', 'scannen.'],
      ['Ihre PIN wird nicht angenommen', 'bei der Technik eine neue verlangen.'],
    ],
  },
  offline: {
    shows: 'Der Bildschirm hat die Verbindung zum Gerät verloren und verbindet sich von selbst wieder.',
    keys: {},
    cases: [
      ['Es bleibt eine Minute lang so', 'das Gerät aus- und einschalten; Gespeichertes bleibt erhalten.'],
    ],
  },
};
