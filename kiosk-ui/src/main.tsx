import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app.tsx';
import { conditionsOf } from './format/conditions.ts';
import { listenToKeys } from './input/keys.ts';
import { guardTouches } from './input/touch-guard.ts';
import { watchGuide } from './connection/guide.ts';
import { connect } from './connection/socket.ts';
import { reportActivity } from './connection/activity.ts';
import { startSounds } from './feedback/sound.ts';
import { screen, view } from './state/state.ts';
import { theme, watchTheTime } from './state/theme.ts';
import { language } from './i18n/language.ts';
import { t } from './i18n/translate.ts';
import './styles.css';

const root = document.querySelector<HTMLElement>('#app');
if (root === null) throw new Error('index.html has no element #app');

effect(() => {
  document.documentElement.lang = language.value;
  document.title = t('title');
});

// If the display's backlight cannot be dimmed, the page is.
effect(() => {
  const brightness = view.value?.brightness ?? 100;
  root.style.filter = brightness < 100 ? `brightness(${brightness}%)` : '';
});

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

effect(() => {
  document.documentElement.dataset.text = view.value?.textSize ?? 'normal';
});

// For tests and diagnostics: the name of the screen, and the condition that blocks it.
effect(() => {
  document.body.dataset.screen = screen.value;
  const [condition] = view.value === undefined ? [] : conditionsOf(view.value);
  if (condition === undefined) delete document.body.dataset.condition;
  else document.body.dataset.condition = condition.code;
});

watchTheTime();
guardTouches();
listenToKeys();
reportActivity();
watchGuide();
connect();
render(<App />, root);
// Last: a screen without a loudspeaker still works.
startSounds();
