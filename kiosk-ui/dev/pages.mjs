import { ABOUT, SELF_TEST, statisticsOf } from './scenes.mjs';

const NO_PRESS_CURE = 'Check the button’s wiring and the setting KIOSK_BUTTON.';

const button = (page, name) => page.getByRole('button', { name, exact: true });

const type = async (page, digits, enter = true) => {
  for (const digit of digits) await page.locator('.keypad').getByText(digit, { exact: true }).click();
  if (enter) await page.locator('.keypad .typing-enter').click();
};

/** The screens that are opened by touch, with the texts of a language. `mock` is what `startMock` returned. */
export function pagesIn(words, codes) {
  /** A text up to its first placeholder, to find a screen in any language. */
  const say = (key) => words[key].split('{')[0].trim();

  const openHelp = async (page) => {
    await button(page, say('help')).last().click();
    await page.locator('.help').waitFor();
  };

  const toSettings = async (page) => {
    await button(page, say('nav.menu')).click();
    await button(page, say('settings.title')).click();
  };

  const PAGES = {
    ...Object.fromEntries(
      [
        ['ready', 'ready'],
        ['result-above', 'result'],
        ['withheld-unsure', 'withheld'],
        ['fault-inference-died', 'fault'],
        ['retake-hair', 'retake'],
        ['questions', 'asking'],
        ['practice-retake', 'practice'],
      ].map(([scene, screen]) => [
        `help-${scene}`,
        async (page, mock) => {
          await fetch(`${mock.url}/mock/scene/${scene}`);
          await page.waitForSelector(`body[data-screen=${screen}]`);
          await openHelp(page);
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        'patient-entry',
        'patients',
        'log',
        'log-filter-empty',
        'log-export',
        'statistics',
        'detail',
        'menu',
        'self-test',
        'settings-screen',
        'upload',
        'about',
        'language',
      ].map((name) => [
        `help-${name}`,
        async (page, mock) => {
          await PAGES[name](page, mock);
          await openHelp(page);
        },
      ]),
    ),
    ...Object.fromEntries(
      ['language', 'clock', 'pin', 'camera', 'light', 'button', 'network', 'retention', 'summary'].map(
        (step) => [
          `guide-${step}`,
          async (page, mock) => {
            await fetch(`${mock.url}/mock/pin/${step === 'pin' ? 'none' : 'set'}`);
            await fetch(`${mock.url}/mock/guide/${step}`);
            await PAGES.menu(page);
            await button(page, say('guide.title')).click();
            await page.locator(`[data-step=${step}]`).waitFor();
            if (step === 'language' || step === 'retention') await type(page, '274916');
            await fetch(`${mock.url}/mock/guide/none`);
          },
        ],
      ),
    ),
    'practice-elsewhere': async (page, mock) => {
      await fetch(`${mock.url}/mock/guide/elsewhere`);
      await fetch(`${mock.url}/mock/scene/practice-aiming`);
      await page.getByText(say('practice.elsewhere')).waitFor();
    },
    menu: async (page) => button(page, say('nav.menu')).click(),
    language: async (page, mock) => {
      await fetch(`${mock.url}/mock/pin/set`);
      await PAGES.menu(page);
      await button(page, say('setting.language')).click();
      await type(page, '274916');
      await page.locator('[data-value=fr]').waitFor();
    },
    upload: async (page) => button(page, say('nav.upload')).click(),
    'upload-refused': async (page) => {
      await button(page, say('nav.upload')).click();
      const buffer = Buffer.from('no picture at all');
      await page.setInputFiles('input[type=file]', { name: 'notes.jpg', mimeType: 'image/jpeg', buffer });
      await page.getByText(codes.reasons['picture/unsupported'].message).waitFor();
    },
    'upload-drive': async (page, mock) => {
      await fetch(`${mock.url}/mock/drive/plugged`);
      await button(page, say('nav.upload')).click();
      await page.locator('.drive-image').nth(1).click();
      await page.locator('.drive-no-preview').waitFor();
    },
    'upload-drive-2': async (page, mock) => {
      await PAGES['upload-drive'](page, mock);
      await button(page, say('page.older')).click();
      await page.locator('.drive-image').nth(3).waitFor({ state: 'detached' });
    },
    'upload-unplugged': async (page, mock) => {
      await fetch(`${mock.url}/mock/drive/unplugged`);
      await button(page, say('nav.upload')).click();
      await button(page, say('drive.search')).waitFor();
    },
    log: async (page) => {
      await button(page, say('nav.log')).click();
      await page.locator('.row').first().waitFor();
    },
    'log-end': async (page) => {
      await PAGES.log(page);
      await page.locator('.rows').evaluate((rows) => rows.scrollTo(0, rows.scrollHeight));
    },
    ...Object.fromEntries(
      ['unassigned', 'histology-pending', 'due'].map((tab) => [
        `log-tab-${tab}`,
        async (page) => {
          await PAGES.log(page);
          await page.locator(`[data-tab=${tab}]`).click();
          await page.locator('.row').first().waitFor();
        },
      ]),
    ),
    'log-last-month': async (page) => {
      await PAGES.log(page);
      await button(page, say('filter.last-month')).click();
      await page.locator('.filter-bar strong:not(:empty)').waitFor();
      await page.locator('.row').first().waitFor();
    },
    'log-search': async (page) => {
      await PAGES.log(page);
      await button(page, say('log.search')).click();
      for (const key of '104') await button(page, key).click();
    },
    'log-searched': async (page) => {
      await PAGES['log-search'](page);
      await page.locator('.typing-enter').click();
      await page.locator('.filter-bar strong:not(:empty)').waitFor();
      await page.locator('.row').first().waitFor();
    },
    'log-filter-end': async (page) => {
      await PAGES['log-filter'](page);
      await page.locator('[data-value=upload]').click();
    },
    'log-export-nothing': async (page) => {
      await PAGES.log(page);
      const json = { ...statisticsOf(new Map()), sessions: 0 };
      await page.route('**/api/statistics?*', (route) => route.fulfill({ json }), { times: 2 });
      await button(page, say('export')).click();
      await page.locator('.export-summary').first().waitFor();
    },
    'log-filter': async (page) => {
      await PAGES.log(page);
      await button(page, say('log.filter')).click();
      await button(page, say('filter.today')).click();
      for (const value of ['result', 'below', 'disagree'])
        await page.locator(`[data-value=${value}]`).click();
    },
    'log-filter-empty': async (page) => {
      await PAGES.log(page);
      await button(page, say('log.filter')).click();
    },
    'log-days': async (page) => {
      await PAGES['log-filter-empty'](page);
      await button(page, say('filter.choose')).click();
      await button(page, say('days.month.before')).click();
      for (const day of [9, 24]) await page.locator('.calendar-day:not(.calendar-other)').nth(day).click();
    },
    'log-filter-days': async (page) => {
      await PAGES['log-days'](page);
      await button(page, say('days.done')).click();
    },
    'log-filter-withheld': async (page) => {
      await PAGES['log-filter-days'](page);
      for (const value of ['withheld', 'disagree']) await page.locator(`[data-value=${value}]`).click();
    },
    'log-export': async (page) => {
      await PAGES['log-filter-withheld'](page);
      await button(page, say('export')).click();
      await page.locator('.export .patient-buttons .button').first().click();
      await page.locator('.export strong').waitFor();
    },
    'log-filtered': async (page) => {
      await PAGES['log-filter-withheld'](page);
      await page.locator('.filter-buttons .button-main').click();
      await page.locator('.row').first().waitFor();
    },
    statistics: async (page) => {
      await PAGES.log(page);
      await button(page, say('log.statistics')).click();
      await page.getByRole('tab').first().waitFor();
    },
    'statistics-table': async (page) => {
      await PAGES.statistics(page);
      await page.getByRole('switch').click();
    },
    'statistics-outcomes': async (page) => {
      await PAGES.statistics(page);
      await page.getByRole('tab', { name: say('statistics.outcomes') }).click();
    },
    'statistics-outcomes-table': async (page) => {
      await PAGES['statistics-outcomes'](page);
      await page.getByRole('switch').click();
    },
    'statistics-accuracy': async (page) => {
      await PAGES.statistics(page);
      await page.getByRole('tab', { name: say('statistics.accuracy') }).click();
    },
    'statistics-accuracy-table': async (page) => {
      await PAGES['statistics-accuracy'](page);
      await page.getByRole('switch').click();
    },
    'statistics-blind': async (page) => {
      await PAGES.statistics(page);
      await page.getByRole('tab', { name: say('statistics.blind') }).click();
    },
    'statistics-blind-table': async (page) => {
      await PAGES['statistics-blind'](page);
      await page.getByRole('switch').click();
    },
    'statistics-of-days': async (page) => {
      await PAGES['log-filter-days'](page);
      await page.locator('.filter-buttons .button-main').click();
      await button(page, say('log.statistics')).click();
      await page.getByRole('tab').first().waitFor();
    },
    ...Object.fromEntries(
      [
        ['detail', 23, 'detail.outcome'],
        ['detail-retake', 22, 'detail.outcome'],
        ['detail-withheld', 20, 'detail.outcome'],
        ['detail-picture', 23, 'detail.picture'],
        ['detail-measurements', 23, 'detail.measurements'],
        ['detail-measurements-retake', 22, 'detail.measurements'],
        ['detail-time', 23, 'detail.time'],
        ['detail-journal', 23, 'detail.journal'],
      ].map(([name, number, tab]) => [
        name,
        async (page) => {
          await PAGES.log(page);
          await page.getByTestId(`session-${number}`).click();
          await page.getByRole('tab', { name: say(tab) }).click();
        },
      ]),
    ),
    'detail-picture-delete': async (page) => {
      await PAGES['detail-picture'](page);
      await button(page, say('kept.withdraw')).click();
      await button(page, say('kept.delete')).waitFor();
    },
    'detail-findings': async (page) => {
      await PAGES.log(page);
      await page.getByTestId('session-23').click();
      await page.getByRole('tab', { name: say('detail.findings') }).click();
      for (const value of ['agree', 'akiec']) {
        await page.locator(`[data-value=${value}]`).click();
        // Asked once: it is of a patient, and nobody is selected.
        if (value === 'agree') await button(page, say('findings.whose.yes')).click();
        await page.locator(`[data-value=${value}][aria-pressed=true]`).waitFor();
      }
    },
    ...Object.fromEntries(
      [
        ['about', 'about.use'],
        ['about-limits', 'about.limits'],
        ['about-points', 'about.thresholds'],
        ['about-figures', 'about.figures'],
        ['about-rules', 'about.rules'],
        ['about-origin', 'about.origin'],
        ['about-program', 'about.program'],
      ].map(([name, tab]) => [
        name,
        async (page) => {
          await button(page, say('nav.menu')).click();
          await button(page, say('nav.about')).click();
          await page.getByRole('tab', { name: say(tab) }).click();
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        ['about-limits', 2],
        ['about-limits', 3],
        ['about-points', 2],
      ].map(([name, leaf]) => [
        `${name}-${leaf}`,
        async (page) => {
          await PAGES[name](page);
          for (let turned = 1; turned < leaf; turned += 1) await button(page, say('page.next')).click();
        },
      ]),
    ),
    'settings-first': async (page, mock) => {
      await fetch(`${mock.url}/mock/pin/none`);
      await toSettings(page);
      await page.locator('.keypad').waitFor();
    },
    'settings-wait': async (page, mock) => {
      await fetch(`${mock.url}/mock/pin/wait`);
      await toSettings(page);
      await page.locator('.pin-time').waitFor();
    },
    'settings-wrong': async (page, mock) => {
      await fetch(`${mock.url}/mock/pin/set`);
      await toSettings(page);
      await type(page, '111222');
      await page.getByText(codes.reasons['pin/wrong'].message).waitFor();
      await type(page, '1', false);
    },
    ...Object.fromEntries(
      ['screen', 'point', 'gate', 'pictures', 'devices', 'pin'].map((group) => [
        `settings-${group}`,
        async (page, mock) => {
          await fetch(`${mock.url}/mock/pin/set`);
          await toSettings(page);
          await type(page, '274916');
          await page.getByRole('tab', { name: say(`settings.group.${group}`), exact: true }).click();
        },
      ]),
    ),
    'settings-operators': async (page, mock) => {
      await fetch(`${mock.url}/mock/pin/set`);
      await toSettings(page);
      await type(page, '274916');
      await page.getByRole('tab', { name: say('operators.title'), exact: true }).click();
      await page.locator('.operators-row').first().waitFor();
    },
    'settings-operators-edit': async (page, mock) => {
      await PAGES['settings-operators'](page, mock);
      await page.locator('.operators-row').first().click();
      await page.getByRole('switch').first().waitFor();
    },
    'settings-operators-secret': async (page, mock) => {
      await PAGES['settings-operators-edit'](page, mock);
      await button(page, say('operators.secret')).click();
      await type(page, '1985');
    },
    'settings-operators-name': async (page, mock) => {
      await PAGES['settings-operators'](page, mock);
      await button(page, say('operators.add')).click();
      await page.locator('.keyboard').waitFor();
    },
    unlock: async (page, mock) => {
      await fetch(`${mock.url}/mock/pin/lock`);
      await button(page, say('nav.log')).click();
      await page.locator('.unlock-names button').first().waitFor();
    },
    'unlock-pin': async (page, mock) => {
      await PAGES.unlock(page, mock);
      await page.locator('.unlock-names button').first().click();
      await page.locator('.unlock .keypad').waitFor();
    },
    'patient-entry': async (page) => {
      await page.getByTestId('patient').click();
      for (const key of 'A-10482') await button(page, key).click();
    },
    'patient-confirm': async (page) => {
      await PAGES['patient-entry'](page);
      await button(page, say('patient.next')).click();
      await page.getByTestId('proposed').waitFor();
    },
    'patient-no-lesion': async (page) => {
      await PAGES['patient-confirm'](page);
      await button(page, say('patient.yes')).click();
      await page.getByText(say('patient.no-lesion')).waitFor();
    },
    ...Object.fromEntries(
      ['front', 'back', 'head', 'hands', 'feet'].map((view) => [
        `patient-site-${view}`,
        async (page) => {
          await PAGES['patient-no-lesion'](page);
          await button(page, say('patient.new-lesion')).click();
          await button(page, say(`body.${view}`)).click();
          await page.locator('.body-site').nth(3).click();
        },
      ]),
    ),
    'patient-label': async (page) => {
      await PAGES['patient-site-front'](page);
      await button(page, say('patient.next')).click();
      await page.getByTestId('typed').waitFor();
    },
    'patient-contra-step': async (page) => {
      await PAGES['patient-label'](page);
      await button(page, say('patient.next')).click();
      await page.locator('[data-value=ulceration]').click();
    },
    'patient-lesions': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/patient-ready`);
      await page.locator('[data-testid=patient] [data-testid=context]').waitFor();
      await page.getByTestId('patient').click();
    },
    'patient-assign': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/patient-result-unassigned`);
      await page.getByTestId('assign').click();
      await page.locator('.assign .keyboard').waitFor();
    },
    'patient-assign-confirm': async (page, mock) => {
      await PAGES['patient-assign'](page, mock);
      for (const key of 'B-20711') await button(page, key).click();
      await button(page, say('patient.next')).click();
      await page.getByTestId('proposed').waitFor();
    },
    'patient-assign-lesion': async (page, mock) => {
      await PAGES['patient-assign'](page, mock);
      await page.locator('.assign-known .button').first().click();
      await page.locator('.assign .lesion-buttons').waitFor();
    },
    'patient-correct': async (page, mock) => {
      await PAGES['patient-lesions'](page, mock);
      await button(page, say('patient.correct')).click();
      await page.getByTestId('typed').waitFor();
    },
    'patient-merge': async (page, mock) => {
      await PAGES['patient-correct'](page, mock);
      for (let typed = 0; typed < 'A-10482'.length; typed += 1)
        await button(page, say('typing.erase')).click();
      for (const key of 'B-20711') await button(page, key).click();
      await button(page, say('patient.correct.enter')).click();
      await page.locator('.patient-merge').waitFor();
    },
    'patient-finding': async (page, mock) => {
      await PAGES['patient-log'](page, mock);
      await page.getByTestId('session-20').click();
      await page.getByRole('tab', { name: say('detail.findings') }).click();
      await page.locator('[data-value=nv]').click();
      await page.locator('.whose-finding').waitFor();
    },
    'patient-elsewhere': async (page, mock) => {
      await PAGES['patient-entry'](page);
      await fetch(`${mock.url}/mock/scene/patient-result-unassigned`);
      await page.locator('.elsewhere').waitFor();
    },
    patients: async (page) => {
      await page.getByTestId('patient').click();
      await button(page, say('patients')).click();
      await page.locator('.patients-row').first().waitFor();
    },
    'patients-search': async (page) => {
      await PAGES.patients(page);
      await button(page, say('patients.search')).click();
      for (const key of 'C-12') await button(page, key).click();
    },
    'patients-found': async (page) => {
      await PAGES['patients-search'](page);
      await button(page, say('patients.show')).click();
      await page.locator('.patients-row').first().waitFor();
    },
    'patients-none': async (page) => {
      await PAGES['patients-search'](page);
      await button(page, '9').click();
      await button(page, say('patients.show')).click();
      await page.getByText(say('patients.none')).waitFor();
    },
    'patients-one': async (page) => {
      await PAGES.patients(page);
      await page.locator('.patients-row').first().click();
      await page.locator('.body-map').waitFor();
    },
    'patients-one-back': async (page) => {
      await PAGES['patients-one'](page);
      await page.locator('.body-views button').nth(1).click();
    },
    'patients-one-hands': async (page) => {
      await PAGES['patients-one'](page);
      await page.locator('.body-part').nth(1).click();
    },
    'patients-one-many': async (page) => {
      await PAGES.patients(page);
      await page.locator('.patients-row').nth(1).click();
      await page.locator('.body-site').click();
      await page.locator('.map-side .lesion-button').first().waitFor();
    },
    'patients-one-near': async (page) => {
      await PAGES.patients(page);
      await page.locator('.patients-row').nth(3).click();
      // Close to the middle of the body: the marks of both sides are equally far.
      const { x, y, height } = await page.locator('[data-site=chest-left]').boundingBox();
      await page.waitForSelector('body:not([data-settling])');
      await page.mouse.click(x + 1, y + 0.58 * height);
      await page.locator('.map-side .lesion-button').nth(1).waitFor();
    },
    'patients-one-empty': async (page) => {
      await PAGES.patients(page);
      await page.locator('.patients-row').nth(2).click();
      await page.getByText(say('patient.no-lesion')).waitFor();
    },
    'patients-one-lesions': async (page) => {
      await PAGES['patients-one'](page);
      await page.getByRole('tab', { name: say('patient.lesions') }).click();
    },
    'patients-one-closed': async (page) => {
      await PAGES['patients-one'](page);
      await page.getByRole('tab', { name: say('patients.closed') }).click();
    },
    'patients-closed-lesion': async (page) => {
      await PAGES['patients-one-closed'](page);
      await page.locator('.lesion-button').click();
      await button(page, say('lesion.change')).click();
      await page.locator('.lesion-edit').first().waitFor();
    },
    'patients-one-visits': async (page) => {
      await PAGES['patients-one'](page);
      await page.getByRole('tab', { name: say('patients.visits') }).click();
    },
    'patients-one-details': async (page) => {
      await PAGES['patients-one'](page);
      await page.getByRole('tab', { name: say('patients.details') }).click();
    },
    'patients-birth-year': async (page) => {
      await PAGES['patients-one-details'](page);
      await button(page, say('patients.birth-year.enter')).click();
      await type(page, '196', false);
    },
    'patients-one-timeline': async (page) => {
      await PAGES['patients-one-back'](page);
      await page.locator('.body-site').first().click();
      await page.locator('.trend-row').first().waitFor();
    },
    'patients-current': async (page, mock) => {
      await PAGES['patient-lesions'](page, mock);
      await button(page, say('patients.map')).click();
      await page.locator('.patient-now').waitFor();
    },
    lesion: async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/patient-ready`);
      await button(page, say('lesion.over-time')).click();
      await page.locator('.trend-row').first().waitFor();
    },
    'lesion-compare': async (page, mock) => {
      await PAGES.lesion(page, mock);
      await page.getByRole('tab', { name: say('lesion.compare') }).click();
      await page.locator('.compare-text').waitFor();
    },
    'lesion-overviews': async (page, mock) => {
      await PAGES.lesion(page, mock);
      await page.getByRole('tab', { name: say('overview.title') }).click();
      await page.locator('.overview-tile').first().waitFor();
    },
    'lesion-overviews-none': async (page, mock) => {
      await PAGES['lesion-nothing'](page, mock);
      await page.getByRole('tab', { name: say('overview.title') }).click();
      await page.getByText(say('overview.none')).waitFor();
    },
    'lesion-overview-whole': async (page, mock) => {
      await PAGES['lesion-overviews'](page, mock);
      await page.locator('.overview-tile').first().click();
      await page.locator('.overview-whole img').waitFor();
    },
    'overview-begun': async (page, mock) => {
      await PAGES['lesion-overviews'](page, mock);
      await button(page, say('overview.take')).click();
      await page.getByTestId('overview-whose').waitFor();
    },
    'overview-file': async (page, mock) => {
      await PAGES['overview-begun'](page, mock);
      await button(page, say('overview.file')).click();
      await page.locator('.drop').waitFor();
    },
    'overview-drive': async (page, mock) => {
      await fetch(`${mock.url}/mock/drive/plugged`);
      await PAGES['overview-begun'](page, mock);
      await button(page, say('overview.file')).click();
      await page.locator('.overview .drive-image').nth(1).click();
    },
    'help-overview': async (page, mock) => {
      await PAGES['overview-begun'](page, mock);
      await openHelp(page);
    },
    'overview-elsewhere': async (page, mock) => {
      await PAGES.log(page);
      await fetch(`${mock.url}/mock/scene/overview-aiming`);
      await page.locator('.elsewhere').waitFor();
    },
    'lesion-slider': async (page, mock) => {
      await PAGES['lesion-compare'](page, mock);
      await page.getByRole('button', { name: say('compare.slider'), exact: true }).click();
    },
    'lesion-blink': async (page, mock) => {
      await PAGES['lesion-compare'](page, mock);
      await page.getByRole('button', { name: say('compare.blink'), exact: true }).click();
      await page.locator('.overlay-aside .button').first().waitFor();
      // With reduced motion it does not start by itself.
      const pause = page.getByRole('button', { name: say('compare.pause'), exact: true });
      if (await pause.isVisible()) await pause.click();
    },
    'lesion-compare-full': async (page, mock) => {
      await PAGES['lesion-slider'](page, mock);
      await button(page, say('compare.full')).click();
      await page.locator('.viewer-pair').waitFor();
    },
    'lesion-compare-full-beside': async (page, mock) => {
      await PAGES['lesion-compare'](page, mock);
      await button(page, say('compare.full')).click();
      await page.locator('.viewer-pair').waitFor();
    },
    'lesion-compare-pick': async (page, mock) => {
      await PAGES['lesion-compare'](page, mock);
      await page.locator('.chooser-chosen').first().click();
      await page.locator('.capture-row').first().waitFor();
    },
    ...Object.fromEntries(
      ['cut', 'unregistered', 'same'].map((name, i) => [
        `lesion-compare-${name}`,
        async (page, mock) => {
          await PAGES['lesion-compare'](page, mock);
          for (let turned = 0; turned <= i; turned += 1) {
            await page.locator('.chooser .button').first().click();
            await page.locator('.compare-text').waitFor();
          }
        },
      ]),
    ),
    'lesion-edits': async (page, mock) => {
      await PAGES.lesion(page, mock);
      await button(page, say('lesion.change')).click();
      await page.locator('.lesion-edit').first().waitFor();
    },
    'lesion-edits-none': async (page, mock) => {
      await PAGES['lesion-nothing'](page, mock);
      await button(page, say('lesion.change')).click();
      await page.getByText(say('lesion.edits.none')).waitFor();
    },
    ...Object.fromEntries(
      ['rename', 'move', 'close'].map((name) => [
        `lesion-${name}`,
        async (page, mock) => {
          await PAGES['lesion-edits'](page, mock);
          await button(page, say(`lesion.${name}`)).click();
        },
      ]),
    ),
    'lesion-nothing': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/patient-contra-flag`);
      await button(page, say('lesion.over-time')).click();
      await page.getByText(say('lesion.none')).waitFor();
    },
    ghost: async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/patient-ready`);
      await page.getByRole('switch').click();
      await page.locator('.ghost').waitFor();
    },
    'patient-log-filter': async (page, mock) => {
      await PAGES['patient-log'](page, mock);
      await button(page, say('log.filter')).click();
      await page.locator('.filter .choice').nth(4).waitFor();
      await page.getByText('A-10482', { exact: true }).last().click();
    },
    'patient-log': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/patient-ready`);
      await page.locator('[data-testid=context]').waitFor();
      await PAGES.log(page);
    },
    'self-test': async (page) => {
      await button(page, say('nav.menu')).click();
      await button(page, say('test.title')).click();
      await page.locator('.check').first().waitFor();
    },
    ...Object.fromEntries(
      [2, 3, 4].map((leaf) => [
        `self-test-${leaf}`,
        async (page) => {
          await PAGES['self-test'](page);
          for (let turned = 1; turned < leaf; turned += 1) await button(page, say('page.next')).click();
        },
      ]),
    ),
    'self-test-waiting': async (page) => {
      await PAGES['self-test'](page);
      await button(page, say('test.button')).click();
      await page.getByText(say('test.button.now')).waitFor();
    },
    'self-test-pressed': async (page) => {
      await PAGES['self-test'](page);
      await button(page, say('test.button')).click();
      await button(page, say('test.lamp')).click();
      await page.getByText(say('test.button.heard')).waitFor();
      await page.getByText(say('test.lamp.now')).waitFor();
    },
    'self-test-details': async (page) => {
      await PAGES['self-test'](page);
      await page.getByRole('switch', { name: say('test.details') }).click();
    },
    'self-test-no-press': async (page) => {
      const json = { pressed: false, message: 'No button press was detected.', cure: NO_PRESS_CURE };
      await page.route('**/api/self-test/button', (route) => route.fulfill({ json }), { times: 1 });
      const none = { blinking: false, found: 'none: feedback by screen and sound only' };
      await page.route('**/api/self-test/lamp', (route) => route.fulfill({ json: none }), { times: 1 });
      await PAGES['self-test'](page);
      await button(page, say('test.button')).click();
      await button(page, say('test.lamp')).click();
      await page.getByText(codes.noPress.message).waitFor();
    },
    'self-test-well': async (page) => {
      const checks = SELF_TEST.checks.map((check) => ({ ...check, state: 'ok', cure: undefined }));
      const json = { ...SELF_TEST, checks };
      await page.route('**/api/self-test?*', (route) => route.fulfill({ json }), { times: 1 });
      await PAGES['self-test'](page);
    },
    'self-test-failed': async (page) => {
      await page.route('**/api/self-test?*', (route) => route.abort(), { times: 1 });
      await button(page, say('nav.menu')).click();
      await button(page, say('test.title')).click();
      await page.getByText(say('unreachable.message')).waitFor();
    },
    'log-empty': async (page) => {
      await page.route('**/api/sessions?*', (route) => route.fulfill({ json: { sessions: [] } }), {
        times: 1,
      });
      await button(page, say('nav.log')).click();
      await page.getByText(say('log.empty')).waitFor();
    },
    'about-failed': async (page) => {
      await page.route('**/api/about', (route) => route.abort(), { times: 1 });
      await button(page, say('nav.menu')).click();
      await button(page, say('nav.about')).click();
      await page.getByText(say('unreachable.message')).waitFor();
    },
    'about-no-model': async (page) => {
      const json = { ...ABOUT, model: null };
      await page.route('**/api/about', (route) => route.fulfill({ json }), { times: 1 });
      await button(page, say('nav.menu')).click();
      await button(page, say('nav.about')).click();
      await page.getByRole('tab', { name: say('about.figures') }).click();
    },
    'result-heat': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/result-explained`);
      await button(page, say('picture.enlarge')).click();
      await page.getByRole('switch', { name: say('picture.heat') }).click();
      await page.getByText(say('picture.heat.caption')).waitFor();
    },
    'result-bare': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/result-explained`);
      await button(page, say('picture.enlarge')).click();
      await page.getByRole('switch', { name: say('picture.outline') }).click();
    },
    'notice-accepted': async (page, mock) => {
      await fetch(`${mock.url}/mock/scene/result-above`);
      await button(page, say('result.save.agree')).click();
      await page.getByText(say('session.stays')).waitFor();
    },
  };

  return PAGES;
}
