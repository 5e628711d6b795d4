import type { HelpTexts } from './topics.ts';

export const HELP_EN: HelpTexts = {
  live: {
    shows: 'The live image. The ring turns green when an image taken now would pass the quality check.',
    keys: {
      'ready.capture': 'takes an image, like the button on the dermatoscope.',
      patient: 'selects a patient and a lesion for the next capture.',
      'nav.upload': 'analyses an image file.',
      'nav.log': 'shows earlier sessions.',
      'nav.menu': 'opens settings, language, self-test and information.',
    },
    cases: [
      ['The image is black or missing', 'check the camera’s cable, then run the self-test.'],
      ['The button does nothing', 'use Capture on the screen, then test the button in the self-test.'],
    ],
  },
  working: {
    shows: 'The image is being taken, checked and analysed. This takes about a second.',
    keys: {},
    cases: [['Another press', 'is ignored until this capture is finished.']],
  },
  asking: {
    shows: 'Whether anything rules out this model for this lesion. The result follows your answer.',
    keys: {
      'contra.none': 'records that none of them applies.',
      'contra.done': 'records those you have marked.',
      'contra.leave': 'records that the question was not answered.',
    },
    cases: [['You are not sure', 'leave it unanswered rather than choosing “None of these”.']],
  },
  opinion: {
    shows:
      'Your own opinion, before the kiosk shows its result. The lamp, the log and other screens say nothing of it either.',
    keys: { 'opinion.leave': 'reveals the result and records that no opinion was given.' },
    cases: [['You cannot tell', 'choose “Unsure”: it is an opinion too.']],
  },
  retake: {
    shows: 'Why the image was rejected, and how to take a better one. Nothing was calculated from it.',
    keys: { 'again.press': 'takes another image at once.', back: 'returns to the live image.' },
    cases: [
      ['The same reason keeps coming back', 'clean the lens, use contact fluid and hold still for a second.'],
    ],
  },
  fault: {
    shows: 'What failed. There is no result, and nothing was lost.',
    keys: { 'again.press': 'tries again.', back: 'returns to the live image.' },
    cases: [['It fails again', 'run the self-test and show its findings to a technician.']],
  },
  result: {
    shows:
      'On top, whether the number is above, at or below the referral threshold. Below it, the number and the seven classes.',
    keys: {
      'result.save.agree': 'saves it with your agreement.',
      'result.save.disagree': 'saves it with your disagreement.',
      'result.retake': 'takes another image of the same lesion.',
      'result.discard': 'held down: discards it; the session stays in the log.',
    },
    cases: [
      ['It is below the threshold', 'cancer is not ruled out: your examination decides.'],
      ['You want to see more', 'tap the image for full screen, outline and heat map.'],
    ],
  },
  withheld: {
    shows: 'The model gives no answer for this lesion. This says nothing about whether it is benign.',
    keys: {
      'result.save.agree': 'saves the session.',
      'result.retake': 'takes another image.',
      'result.discard': 'held down: discards it; the session stays in the log.',
    },
    cases: [['A second image gives no answer either', 'examine the lesion without the model.']],
  },
  patient: {
    shows: 'Whose the next capture is: reference, then lesion.',
    keys: {
      'patient.next': 'takes the reference you typed; a scan does the same.',
      'patient.yes': 'confirms the patient.',
      'patient.new-lesion': 'records a lesion: its site and label.',
      'patient.clear': 'selects nobody; the records stay.',
    },
    cases: [['The reference was mistyped', 'select the patient, then use “Correct reference”.']],
  },
  patients: {
    shows: 'Patients with their lesions on the body and their visits.',
    keys: {
      'patients.search': 'finds a patient by part of the reference.',
      'patients.select': 'makes this the patient of the next capture.',
    },
    cases: [['You have a barcode', 'scan it: the patient opens at once.']],
  },
  'new-lesion': {
    shows: 'Where the lesion is and what it is called, so that it is found again at the next visit.',
    keys: {},
    cases: [['Several lesions are at one site', 'give each its own label, for example “A” and “B”.']],
  },
  lesion: {
    shows: 'This lesion over time.',
    keys: {
      'lesion.course': 'plots the number at each visit, with the threshold.',
      'lesion.compare': 'shows two images aligned, with the measured change.',
    },
    cases: [
      ['There is nothing to compare', 'two captures with stored images are needed.'],
      ['The number changed', 'this alone does not mean that the lesion has changed.'],
    ],
  },
  assign: {
    shows: 'Which patient a session belongs to. The change is recorded in the journal.',
    keys: { 'assign.yes': 'moves the session to this patient.' },
    cases: [['It was the wrong patient', 'assign it again: the session can be moved any number of times.']],
  },
  overview: {
    shows:
      'The region around the lesion, taken with the camera without contact, or from a file. The model never sees it.',
    keys: {
      'overview.keep': 'stores it with the lesion that is named.',
      'overview.again': 'drops it and shows the live image again.',
      'overview.file': 'takes an image file instead of the camera.',
    },
    cases: [
      ['The wrong patient is named', 'cancel, select the right one and begin again.'],
      ['Nobody keeps it', 'it is dropped: nothing is stored before “Keep”.'],
    ],
  },
  upload: {
    shows: 'Image files. They pass the same quality check and analysis as a capture.',
    keys: {
      'upload.choose': 'opens a file of this computer.',
      'drive.search': 'looks at the USB drive again.',
      'drive.analyse': 'analyses the chosen image.',
    },
    cases: [['A file is refused', 'use a PNG or JPEG close-up of one lesion, at most 20 MB.']],
  },
  log: {
    shows: 'All sessions, newest first. Tap one to open it.',
    keys: {
      'log.search': 'finds by number, reference or date.',
      'log.filter': 'shows only some of them.',
      'log.statistics': 'counts those shown.',
      'filter.last-month': 'shows the month before this one.',
    },
    cases: [['A session is missing', 'clear the filter and look in the tab “All”.']],
  },
  find: {
    shows: 'What to look for in the log. Choices of different kinds must all apply.',
    keys: { 'filter.show-all': 'shows the sessions found.', 'filter.clear': 'shows all sessions again.' },
    cases: [['Nothing is found', 'remove a choice by tapping it again.']],
  },
  export: {
    shows: 'Writes the sessions shown in the log to a USB drive.',
    keys: { 'export.csv': 'is for spreadsheets.', 'export.json': 'is for software.' },
    cases: [['The drive is to be removed', 'wait a few seconds after “Saved”.']],
  },
  statistics: {
    shows: 'Counts and accuracy of the sessions shown in the log.',
    keys: { 'statistics.table': 'shows the values as a table.' },
    cases: [['A figure is missing', 'too few lesions have a verdict or histology yet.']],
  },
  session: {
    shows: 'One session: outcome, findings, image, measurements and every change.',
    keys: {
      'detail.findings': 'records your verdict and the histology.',
      'detail.picture': 'shows the image, if it was stored.',
      'detail.journal': 'lists every change with its time.',
    },
    cases: [['It belongs to another patient', 'tap the patient’s name to assign it.']],
  },
  menu: {
    shows: 'Pages that are not needed for a capture.',
    keys: {
      'settings.title': 'changes how the kiosk works; needs the PIN.',
      'setting.language': 'changes the language; needs the PIN.',
      'test.title': 'checks every part of the kiosk.',
      'nav.about': 'states the intended use, limits and performance.',
    },
    cases: [['The PIN is forgotten', 'a technician resets it on the command line: kiosk pin reset']],
  },
  language: {
    shows: 'The language of the screen. It changes at once.',
    keys: {},
    cases: [['No other language can be chosen', 'the installation has fixed it with KIOSK_LANGUAGE.']],
  },
  guide: {
    shows: 'Sets up a new kiosk, one step after another. It resumes here after a restart.',
    keys: {
      'guide.next': 'goes on, whether or not the step is done.',
      'guide.end': 'closes the guide; the menu opens it again.',
    },
    cases: [['A setting is fixed', 'the installation has set it; the variable is shown.']],
  },
  practice: {
    shows:
      'Captures with simulated images: a fault, what the kiosk says, the cure. Nothing is stored and no result is calculated.',
    keys: {
      'guide.skip': 'goes on to the next step.',
      'practice.end': 'returns to the live image of your own camera.',
    },
    cases: [
      ['A patient arrives', 'end practice first: until then nobody can be selected and no file is analysed.'],
    ],
  },
  about: {
    shows:
      'Intended use, limits, thresholds and measured performance of the model, and the software’s versions.',
    keys: {},
    cases: [['You report a problem', 'give the versions under “Software”.']],
  },
  'self-test': {
    shows: 'Every part of the kiosk, problems first, each with what to do.',
    keys: {
      'test.again': 'checks everything again.',
      'test.details': 'adds what was found, in a technician’s words.',
      'test.button': 'waits for a press; nothing is captured.',
      'test.lamp': 'makes the lamp of the button blink.',
    },
    cases: [['A part has failed', 'follow the advice beside it, then test again.']],
  },
  settings: {
    shows: 'The technician’s settings. Every change is recorded in the journal.',
    keys: { 'settings.lock': 'locks them; leaving the page does too.' },
    cases: [['A setting cannot be changed', 'the installation has fixed it; its name is shown beside it.']],
  },
  unlock: {
    shows: 'Asks who you are before it shows patients, the log or settings.',
    keys: {},
    cases: [
      ['You have a badge', 'scan it.'],
      ['Your PIN is not accepted', 'ask a technician for a new one.'],
    ],
  },
  offline: {
    shows: 'The screen has lost its connection to the kiosk’s service, and reconnects by itself.',
    keys: {},
    cases: [['It stays like this for a minute', 'switch the kiosk off and on again; nothing saved is lost.']],
  },
};
